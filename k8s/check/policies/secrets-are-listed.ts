import { nameOf, ofKind, type Manifest, type Policy } from '../manifest.ts';

/** Whoever deploys finds in README.md every Secret that has to be there. */
export const secretsAreListed: Policy = {
  name: 'secrets-are-listed',
  check: ({ manifests, listedSecrets }) => {
    const built = new Set(ofKind(manifests, 'Secret').map(({ metadata }) => metadata.name));
    return manifests.flatMap((manifest) =>
      [...secretsOf(manifest)]
        .filter((secret) => !listedSecrets.has(secret) && !built.has(secret))
        .map((secret) => ({
          where: nameOf(manifest),
          cause: `needs the Secret ${secret}, which README.md does not list`,
        })),
    );
  },
};

const REFERENCES = ['secretKeyRef', 'secretRef', 'secret', 'accessKeyId', 'secretAccessKey', 'region'];

function secretsOf(manifest: Manifest): Set<string> {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [member, inner] of Object.entries(value as Record<string, unknown>)) {
      if (REFERENCES.includes(member)) take(inner);
      if (member === 'certificateRefs' && Array.isArray(inner)) inner.forEach(take);
      look(inner);
    }
  };
  const take = (reference: unknown): void => {
    const { name, secretName } = (reference ?? {}) as { name?: string; secretName?: string };
    const found = secretName ?? name;
    if (found !== undefined) names.add(found);
  };
  look(manifest);
  return names;
}
