import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifests, type Build, type Manifest } from './manifest.ts';
import { policies } from './policies/index.ts';
import { readSchemas } from './schemas.ts';

const text = readFileSync(path.join(import.meta.dirname, 'sound.yaml'), 'utf8');
// As text and back: what stands twice by an alias of YAML is else one and the same.
const sound = (): Manifest[] => JSON.parse(JSON.stringify(parseManifests(text))) as Manifest[];
const buildOf = (manifests: Manifest[]): Build => ({
  name: 'overlays/production',
  manifests,
  listedSecrets: new Set(['listed']),
});

/** The sound manifests, where one object has another value at a path; undefined takes the member away. */
function broken(object: string, place: string, value: unknown): Manifest[] {
  const manifests = sound();
  const [kind, name] = object.split(' ');
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  const members = place.split('.');
  const last = members.pop() ?? '';
  const parent = members.reduce<Record<string, unknown>>(
    (inner, member) => inner[member] as Record<string, unknown>,
    found ?? {},
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return manifests;
}

const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const deployment = 'Deployment api';

/** What is broken, and the only complaint that it may cause. */
const faults: [policy: string, object: string, place: string, value: unknown, complaint: RegExp][] = [
  ['images-are-pinned', deployment, `${container}.image`, 'duet/api:latest', /runs duet\/api:latest/],
  ['images-are-pinned', deployment, `${container}.image`, 'registry:5000/api', /runs registry:5000\/api/],
  ['images-are-pinned', 'Cluster database', 'spec.imageName', undefined, /postgres runs none/],
  ['images-are-pinned', 'TestRun load', 'spec.runner.image', 'grafana/k6', /runner runs grafana\/k6/],
  [
    'resources-are-bounded',
    deployment,
    `${container}.resources.limits.memory`,
    undefined,
    /lacks resources\.limits\.mem/,
  ],
  ['resources-are-bounded', 'Job migrate-1.0.0', `${container}.resources.requests.cpu`, undefined, /requests\.cpu/],
  ['resources-are-bounded', 'TestRun load', 'spec.starter.resources', { requests: { cpu: '1' } }, /starter lacks/],
  ['pods-are-restricted', deployment, `${pod}.securityContext.runAsNonRoot`, undefined, /runAsNonRoot must be true/],
  ['pods-are-restricted', deployment, `${pod}.securityContext.runAsUser`, 0, /runAsUser must not be 0/],
  ['pods-are-restricted', deployment, `${pod}.securityContext.seccompProfile`, undefined, /seccompProfile must be/],
  ['pods-are-restricted', deployment, `${pod}.automountServiceAccountToken`, undefined, /automountServiceAccountToken/],
  ['pods-are-restricted', deployment, `${pod}.hostNetwork`, true, /hostNetwork must not be used/],
  ['pods-are-restricted', deployment, `${pod}.hostPID`, true, /hostPID and hostIPC/],
  [
    'pods-are-restricted',
    deployment,
    `${pod}.volumes`,
    [{ name: 'host', hostPath: { path: '/' } }],
    /paths of the node/,
  ],
  ['pods-are-restricted', deployment, `${container}.ports.0.hostPort`, 3000, /hostPort must not be used/],
  ['pods-are-restricted', deployment, `${container}.securityContext.privileged`, true, /privileged must not/],
  [
    'pods-are-restricted',
    deployment,
    `${container}.securityContext.allowPrivilegeEscalation`,
    undefined,
    /allowPrivilegeEscalation must be false/,
  ],
  ['pods-are-restricted', deployment, `${container}.securityContext.readOnlyRootFilesystem`, false, /readOnlyRoot/],
  ['pods-are-restricted', deployment, `${container}.securityContext.capabilities.drop`, ['NET_RAW'], /must drop ALL/],
  ['pods-are-restricted', deployment, `${container}.securityContext.capabilities.add`, ['SYS_ADMIN'], /add SYS_ADMIN/],
  ['namespaces-enforce', 'Namespace duet', 'metadata.labels', {}, /enforce is missing; it must be restricted/],
  ['namespaces-enforce', 'Namespace duet', 'kind', 'Other', /has pods but is not built/],
  ['servers-are-probed', deployment, `${container}.startupProbe`, undefined, /lacks startupProbe/],
  ['servers-are-probed', deployment, `${container}.readinessProbe`, undefined, /lacks readinessProbe/],
  ['servers-are-probed', deployment, `${container}.livenessProbe`, undefined, /lacks livenessProbe/],
  ['rollouts-keep-serving', deployment, 'spec.strategy.rollingUpdate.maxUnavailable', 1, /maxUnavailable must be 0/],
  ['rollouts-keep-serving', deployment, `${pod}.topologySpreadConstraints`, [], /lacks topologySpreadConstraints/],
  ['rollouts-keep-serving', 'HorizontalPodAutoscaler api', 'spec.minReplicas', 1, /has 1 replica/],
  ['drain-fits', deployment, `${pod}.terminationGracePeriodSeconds`, 140, /140; it must exceed 5 s of preStop, 15 s/],
  ['drain-fits', 'ConfigMap settings', 'data.DRAIN_SECONDS', '30', /30 s of DRAIN_SECONDS/],
  ['connections-fit', 'ConfigMap settings', 'data.DATABASE_POOL_SIZE', '20', /2 × 6 replicas × \(pool of 20 \+ 1/],
  ['connections-fit', 'HorizontalPodAutoscaler api', 'spec.maxReplicas', 12, /max_connections is 200, but/],
  ['connections-fit', 'Cluster database', 'spec.postgresql.parameters', {}, /max_connections is 100/],
  [
    'jobs-can-repeat',
    'Job migrate-1.0.0',
    'metadata.name',
    'migrate',
    /must end with the version of its image, 1\.0\.0/,
  ],
  ['jobs-can-repeat', 'Job migrate-1.0.0', 'spec.ttlSecondsAfterFinished', undefined, /lacks ttlSecondsAfterFinished/],
  ['selectors-match', deployment, 'spec.selector.matchLabels.app', 'other', /spec\.selector does not select/],
  [
    'selectors-match',
    deployment,
    `${pod}.topologySpreadConstraints.0.labelSelector.matchLabels.app`,
    'other',
    /the spread over kubernetes\.io\/hostname/,
  ],
  ['services-select', 'Service api', 'spec.selector.app', 'other', /selects no pod/],
  ['services-select', 'Service api', 'spec.selector', undefined, /selects no pod/],
  ['services-select', 'Service api', 'spec.ports.0.targetPort', 'https', /leads to port https/],
  ['targets-exist', 'HorizontalPodAutoscaler api', 'spec.scaleTargetRef.name', 'other', /names Deployment other/],
  ['targets-exist', 'PodDisruptionBudget api', 'spec.selector.matchLabels.app', 'other', /selects no pod|has no Pod/],
  ['targets-exist', 'PodDisruptionBudget api', 'kind', 'Other', /has no PodDisruptionBudget/],
  ['targets-exist', 'HTTPRoute api', 'spec.rules.0.backendRefs.0.name', 'other', /names Service other/],
  ['targets-exist', 'HTTPRoute api', 'spec.parentRefs.0.namespace', 'front', /names Gateway duet/],
  ['targets-exist', 'TestRun load', 'spec.script.configMap.name', 'other', /names ConfigMap other/],
  [
    'targets-exist',
    'Cluster database',
    'spec.plugins',
    [{ name: 'barman', parameters: { barmanObjectName: 'other' } }],
    /names ObjectStore other/,
  ],
  ['scripts-are-whole', 'TestRun load', 'spec.script.configMap.file', 'night.ts', /needs night\.ts, which the Conf/],
  ['scripts-are-whole', 'ConfigMap scripts', 'metadata.namespace', 'other', /needs day\.ts, which the ConfigMap scr/],
  [
    'scripts-are-whole',
    'ConfigMap scripts',
    'data',
    { 'day.ts': "import { send } from './sending.ts';\n" },
    /needs sending\.ts, which the ConfigMap scripts lacks/,
  ],
  ['network-is-closed', 'NetworkPolicy default-deny', 'spec.policyTypes', ['Ingress'], /no NetworkPolicy for Egress/],
  ['network-is-closed', 'NetworkPolicy default-deny', 'metadata.namespace', 'other', /is under no NetworkPolicy/],
  ['network-is-closed', 'NetworkPolicy api', 'spec.podSelector.matchLabels.app', 'apo', /selects no pod/],
  [
    'metrics-stay-inside',
    'HTTPRoute api',
    'spec.rules.0.matches.0.path.value',
    '/',
    /PathPrefix \/ may lead to \/metr/,
  ],
  ['metrics-stay-inside', 'HTTPRoute api', 'spec.rules.0.matches.0.path.value', '/metrics', /\/metrics may lead/],
  [
    'metrics-stay-inside',
    'HTTPRoute api',
    'spec.rules.0.matches.0.path.type',
    'RegularExpression',
    /RegularExpression/,
  ],
  ['metrics-stay-inside', 'HTTPRoute api', 'spec.rules.0.matches', undefined, /PathPrefix \/ may lead/],
  ['metrics-stay-inside', 'Namespace duet', 'kind', 'Ingress', /use an HTTPRoute/],
  ['no-secret-data', 'ConfigMap settings', 'kind', 'Secret', /holds values/],
  ['secrets-are-listed', deployment, `${container}.env.0.valueFrom.secretKeyRef.name`, 'new', /needs the Secret new/],
  ['secrets-are-listed', 'Gateway duet', 'spec.listeners.0.tls.certificateRefs.0.name', 'tls', /needs the Secret tls/],
  ['secrets-are-listed', deployment, `${pod}.volumes`, [{ name: 'v', secret: { secretName: 'mounted' } }], /mounted/],
];

describe('a policy', () => {
  test.each(policies.map((policy) => [policy.name, policy] as const))(
    '%s is content with sound manifests',
    (_, policy) => {
      expect(policy.check(buildOf(sound()))).toEqual([]);
    },
  );

  test.each(faults)('%s sees %s with another %s (%j)', (name, object, place, value, complaint) => {
    const policy = policies.find((each) => each.name === name);
    const causes = policy?.check(buildOf(broken(object, place, value))).map(({ cause }) => cause) ?? [];
    expect(causes.length).toBeGreaterThan(0);
    for (const cause of causes) expect(cause).toMatch(complaint);
  });

  test('no policy is without a fault', () => {
    const tried = new Set(faults.map(([name]) => name));
    expect(policies.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  test('secrets may have values on one’s own machine', () => {
    const manifests = broken('ConfigMap settings', 'kind', 'Secret');
    const policy = policies.find(({ name }) => name === 'no-secret-data');
    expect(policy?.check({ ...buildOf(manifests), name: 'overlays/local' })).toEqual([]);
  });
});

describe('the schemas', () => {
  const { validate } = readSchemas();
  const complaints = (manifests: Manifest[]): string[] => manifests.flatMap(validate).map(({ cause }) => cause);

  // They are compiled meanwhile: two seconds of CPU time, which a busy machine may not have within vitest's own five.
  test('fit sound manifests', { timeout: 60_000 }, () => {
    expect(complaints(sound())).toEqual([]);
  });

  test.each<[object: string, place: string, value: unknown, complaint: string]>([
    [
      deployment,
      `${container}.imagePullPolice`,
      'Always',
      'spec.template.spec.containers.0 has the unknown field imagePullPolice',
    ],
    [deployment, 'spec.replicas', 'two', 'spec.replicas must be integer'],
    [deployment, 'spec.selector', undefined, "spec must have required property 'selector'"],
    [deployment, 'apiVersion', 'apps/v1beta1', 'no schema for apps/v1beta1: add it in schemas/sources.ts'],
    ['Service api', 'metadata.label', {}, 'metadata has the unknown field label'],
    ['Cluster database', 'spec.instance', 3, 'spec has the unknown field instance'],
    [
      'Cluster database',
      'spec.primaryUpdateMethod',
      'wait',
      'spec.primaryUpdateMethod must be equal to one of the allowed values: switchover, restart',
    ],
    ['Cluster database', 'metadata.label', {}, 'metadata has the unknown field label'],
    [
      'HTTPRoute api',
      'spec.rules.0.timeouts',
      { request: '1 hour' },
      'spec.rules.0.timeouts.request must match pattern "^([0-9]{1,5}(h|m|s|ms)){1,4}$"',
    ],
    ['TestRun load', 'spec.runner.images', 'k6', 'spec.runner has the unknown field images'],
  ])('refuse %s with another %s (%j)', (object, place, value, complaint) => {
    expect(complaints(broken(object, place, value))).toEqual([complaint]);
  });
});
