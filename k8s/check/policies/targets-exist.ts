import { at, inSameNamespace, nameOf, ofKind, selects } from '../manifest.ts';
import type { Complaint, Labels, Manifest, Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** What is named by another object is built too. */
export const targetsExist: Policy = {
  name: 'targets-exist',
  check: ({ manifests }) => [...unselected(manifests), ...unnamed(manifests), ...unguarded(manifests)],
};

function unselected(manifests: Manifest[]): Complaint[] {
  return ofKind(manifests, 'PodDisruptionBudget', 'PodMonitor')
    .filter((object) => !podsOf(manifests).some(({ owner, labels }) => guards(object, owner, labels)))
    .map((object) => ({ where: nameOf(object), cause: 'selects no pod' }));
}

function unguarded(manifests: Manifest[]): Complaint[] {
  const budgets = ofKind(manifests, 'PodDisruptionBudget');
  return podsOf(ofKind(manifests, 'Deployment'))
    .filter(({ owner, labels }) => !budgets.some((budget) => guards(budget, owner, labels)))
    .map(({ owner }) => ({ where: nameOf(owner), cause: 'has no PodDisruptionBudget' }));
}

function guards(object: Manifest, owner: Manifest, labels: Labels): boolean {
  const wanted = at<Labels>(object, 'spec.selector.matchLabels');
  return wanted !== undefined && inSameNamespace(object, owner) && selects(wanted, labels);
}

type Reference = { kind: string; name: string; namespace?: string | undefined };

function unnamed(manifests: Manifest[]): Complaint[] {
  return manifests.flatMap((object) =>
    referencesOf(object)
      .filter((each) => !manifests.some((other) => isMeant(each, other, object)))
      .map(({ kind, name }) => ({ where: nameOf(object), cause: `names ${kind} ${name}, which is not built` })),
  );
}

function isMeant({ kind, name, namespace }: Reference, other: Manifest, from: Manifest): boolean {
  const where = namespace ?? from.metadata.namespace;
  return other.kind === kind && other.metadata.name === name && other.metadata.namespace === where;
}

function referencesOf(object: Manifest): Reference[] {
  if (object.kind === 'HorizontalPodAutoscaler') return [at<Reference>(object, 'spec.scaleTargetRef')].filter(isThere);
  if (object.kind === 'HTTPRoute') return routeReferences(object);
  if (object.kind === 'ScheduledBackup') return named('Cluster', at<string>(object, 'spec.cluster.name'));
  if (object.kind === 'TestRun') return named('ConfigMap', at<string>(object, 'spec.script.configMap.name'));
  if (object.kind !== 'Cluster') return [];
  const plugins = at<{ parameters?: { barmanObjectName?: string } }[]>(object, 'spec.plugins') ?? [];
  return plugins.flatMap(({ parameters }) => named('ObjectStore', parameters?.barmanObjectName));
}

function routeReferences(route: Manifest): Reference[] {
  const rules = at<{ backendRefs?: Omit<Reference, 'kind'>[] }[]>(route, 'spec.rules') ?? [];
  const services = rules.flatMap(({ backendRefs = [] }) => backendRefs.map((each) => ({ kind: 'Service', ...each })));
  const gateways = at<Omit<Reference, 'kind'>[]>(route, 'spec.parentRefs') ?? [];
  return [...services, ...gateways.map((each) => ({ kind: 'Gateway', ...each }))];
}

function named(kind: string, name: string | undefined): Reference[] {
  return name === undefined ? [] : [{ kind, name }];
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
