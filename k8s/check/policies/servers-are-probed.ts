import { nameOf, ofKind, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** Startup, readiness and liveness for whatever runs for ever. */
export const serversAreProbed: Policy = {
  name: 'servers-are-probed',
  check: ({ manifests }) =>
    podsOf(ofKind(manifests, 'Deployment', 'DaemonSet', 'StatefulSet')).flatMap(({ owner, spec }) =>
      (spec.containers ?? []).flatMap((container) =>
        (['startupProbe', 'readinessProbe', 'livenessProbe'] as const)
          .filter((probe) => container[probe] === undefined)
          .map((probe) => ({ where: nameOf(owner), cause: `container ${container.name} lacks ${probe}` })),
      ),
    ),
};
