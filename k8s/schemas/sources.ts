/** Where the schemas come from: modules of the Go proxy, which is the only place where all of them are. */
export type Source = {
  /** The file's name without its ending. */
  name: string;
  module: string;
  version: string;
  licence: string;
} & ({ openapi: string; kinds: string[] } | { crds: string[] });

/**
 * The oldest Kubernetes that is promised: what its schemas know, newer ones know too. CRDs of the operators' versions that
 * README.md names.
 */
export const sources: Source[] = [
  {
    name: 'kubernetes',
    module: 'k8s.io/kubernetes',
    version: 'v1.34.2',
    licence: 'Apache-2.0',
    openapi: 'api/openapi-spec/swagger.json',
    kinds: [
      'v1/ConfigMap',
      'v1/Namespace',
      'v1/Secret',
      'v1/Service',
      'v1/ServiceAccount',
      'apps/v1/DaemonSet',
      'apps/v1/Deployment',
      'autoscaling/v2/HorizontalPodAutoscaler',
      'batch/v1/Job',
      'networking.k8s.io/v1/Ingress',
      'networking.k8s.io/v1/NetworkPolicy',
      'policy/v1/PodDisruptionBudget',
    ],
  },
  {
    name: 'cloudnative-pg',
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.29.0',
    licence: 'Apache-2.0',
    crds: [
      'config/crd/bases/postgresql.cnpg.io_clusters.yaml',
      'config/crd/bases/postgresql.cnpg.io_scheduledbackups.yaml',
    ],
  },
  {
    name: 'barman-cloud',
    module: 'github.com/cloudnative-pg/plugin-barman-cloud',
    version: 'v0.15.0',
    licence: 'Apache-2.0',
    crds: ['config/crd/bases/barmancloud.cnpg.io_objectstores.yaml'],
  },
  {
    name: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.1',
    licence: 'Apache-2.0',
    crds: [
      'config/crd/standard/gateway.networking.k8s.io_gateways.yaml',
      'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
    ],
  },
  {
    name: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    licence: 'Apache-2.0',
    crds: [
      'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
    ],
  },
  {
    name: 'k6-operator',
    module: 'github.com/grafana/k6-operator',
    version: 'v0.0.19',
    licence: 'Apache-2.0',
    crds: ['config/crd/bases/k6.io_testruns.yaml'],
  },
];
