import { at, type Labels, type Manifest } from './manifest.ts';

export type Quantities = { cpu?: string; memory?: string };
export type SecurityContext = {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
  seccompProfile?: { type: string };
};
export type Container = {
  name: string;
  image?: string;
  ports?: { name?: string; containerPort: number; hostPort?: number }[];
  env?: { name: string; value?: string }[];
  resources?: { requests?: Quantities; limits?: Quantities };
  securityContext?: SecurityContext;
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
};
export type PodSpec = {
  containers?: Container[];
  initContainers?: Container[];
  securityContext?: SecurityContext;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean | string;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  terminationGracePeriodSeconds?: number;
  topologySpreadConstraints?: { topologyKey: string; labelSelector?: { matchLabels?: Labels } }[];
  volumes?: { name: string; hostPath?: unknown }[];
};

/** Pods of one kind that will run, and what asks for them. */
export type Pod = {
  owner: Manifest;
  labels: Labels;
  spec: PodSpec;
  containers: Container[];
  /** Its operator fills in what its resource cannot say, such as the security context. */
  isMadeByOperator: boolean;
};

/** Every pod that the manifests ask for: directly, or through the operators of PostgreSQL and k6. */
export function podsOf(manifests: readonly Manifest[]): Pod[] {
  return manifests.flatMap((owner) => {
    if (['Deployment', 'DaemonSet', 'StatefulSet', 'Job'].includes(owner.kind)) return [podOf(owner)];
    if (owner.kind === 'Cluster') return [databaseOf(owner)];
    return owner.kind === 'TestRun' ? loadersOf(owner) : [];
  });
}

function podOf(owner: Manifest): Pod {
  const spec = at<PodSpec>(owner, 'spec.template.spec') ?? {};
  const labels = at<Labels>(owner, 'spec.template.metadata.labels') ?? {};
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  return { owner, labels, spec, containers, isMadeByOperator: false };
}

function databaseOf(owner: Manifest): Pod {
  const inherited = at<Labels>(owner, 'spec.inheritedMetadata.labels') ?? {};
  const container = {
    name: 'postgres',
    ...member('image', at<string>(owner, 'spec.imageName')),
    ...member('resources', at<Container['resources']>(owner, 'spec.resources')),
    ports: [
      { name: 'postgresql', containerPort: 5432 },
      { name: 'metrics', containerPort: 9187 },
    ],
  };
  const labels = { ...inherited, 'cnpg.io/cluster': owner.metadata.name };
  return { owner, labels, spec: {}, containers: [container], isMadeByOperator: true };
}

type Loader = PodSpec & Container & { containerSecurityContext?: SecurityContext; metadata?: { labels?: Labels } };

function loadersOf(owner: Manifest): Pod[] {
  return ['initializer', 'starter', 'runner'].map((role) => {
    const { image, resources, containerSecurityContext, metadata, ...spec } = at<Loader>(owner, `spec.${role}`) ?? {
      name: role,
    };
    const container = {
      name: role,
      ...member('image', image),
      ...member('resources', resources),
      ...member('securityContext', containerSecurityContext),
    };
    return { owner, labels: metadata?.labels ?? {}, spec, containers: [container], isMadeByOperator: false };
  });
}

function member<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}
