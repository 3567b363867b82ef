import { parseAllDocuments } from 'yaml';

export type Labels = Record<string, string>;

/** One object as kustomize builds it. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels };
  [field: string]: unknown;
};

/** What is wrong, and with which object: `Deployment duet/api` and a clause that ends with the way out. */
export type Complaint = { where: string; cause: string };

/** What is looked at together: all that one overlay builds. */
export type Build = {
  /** The overlay's folder, such as overlays/production. */
  name: string;
  manifests: Manifest[];
  /** Names of Secrets that README.md tells people to make, or that an operator makes. */
  listedSecrets: ReadonlySet<string>;
};

/** A promise about the manifests; pure, so that its test can break them at will. */
export type Policy = { name: string; check: (build: Build) => Complaint[] };

/** @throws an Error with the parser's words when the text is no YAML */
export function parseManifests(text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  return documents.flatMap((document) => {
    if (document.errors[0]) throw document.errors[0];
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });
}

/** `Deployment duet/api` */
export function nameOf({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** What lies at a path of members, such as `spec.template.spec`; undefined when any of them is not there. */
export function at<Value>(manifest: unknown, path: string): Value | undefined {
  let value = manifest;
  for (const member of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[member];
  return value as Value | undefined;
}

export function ofKind(manifests: readonly Manifest[], ...kinds: string[]): Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

export function inSameNamespace(one: Manifest, other: Manifest): boolean {
  return one.metadata.namespace === other.metadata.namespace;
}

/** Whether all labels that are asked for are there; the empty selector asks for none. */
export function selects(wanted: Labels | undefined, labels: Labels): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => labels[name] === value);
}
