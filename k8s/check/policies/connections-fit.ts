import { at, inSameNamespace, nameOf, ofKind, type Manifest, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';
import { settingOf } from './drain-fits.ts';

/** Beside its pool a backend LISTENs on a connection of its own. */
const LISTENING = 1;
/** The migrations' lock and their work; the operator's probes and its exporter; superuser_reserved_connections. */
const OTHERS = 2 + 5 + 3;

/**
 * PostgreSQL has room for all that may connect at once. While a rollout lasts, as many old pods as new ones may hold theirs:
 * those that drain no longer count as replicas.
 */
export const connectionsFit: Policy = {
  name: 'connections-fit',
  check: ({ manifests }) =>
    ofKind(manifests, 'Cluster').flatMap((cluster) => {
      const most = Number(at<string>(cluster, 'spec.postgresql.parameters.max_connections') ?? '100');
      const { needed, sum } = connectionsFor(cluster, manifests);
      if (needed <= most) return [];
      return [{ where: nameOf(cluster), cause: `max_connections is ${most}, but ${sum} = ${needed} may connect` }];
    }),
};

function connectionsFor(cluster: Manifest, manifests: Manifest[]): { needed: number; sum: string } {
  const backend = podsOf(ofKind(manifests, 'Deployment')).find(
    ({ owner }) => inSameNamespace(owner, cluster) && settingOf(owner, 'DATABASE_POOL_SIZE', manifests) !== undefined,
  );
  if (!backend) return { needed: OTHERS, sum: `${OTHERS} of others` };
  const pool = Number(settingOf(backend.owner, 'DATABASE_POOL_SIZE', manifests));
  const scaler = ofKind(manifests, 'HorizontalPodAutoscaler').find((each) => inSameNamespace(each, cluster));
  const replicas = at<number>(scaler, 'spec.maxReplicas') ?? at<number>(backend.owner, 'spec.replicas') ?? 1;
  const needed = 2 * replicas * (pool + LISTENING) + OTHERS;
  return {
    needed,
    sum: `2 × ${replicas} replicas × (pool of ${pool} + ${LISTENING} that listens) + ${OTHERS} of others`,
  };
}
