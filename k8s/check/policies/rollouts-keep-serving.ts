import { at, inSameNamespace, nameOf, ofKind, type Manifest, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** Two replicas at least, on different nodes, none of which goes before its successor is ready. */
export const rolloutsKeepServing: Policy = {
  name: 'rollouts-keep-serving',
  check: ({ manifests }) =>
    podsOf(ofKind(manifests, 'Deployment')).flatMap(({ owner, spec }) => {
      const least = leastReplicas(owner, manifests);
      const isSpread = spec.topologySpreadConstraints?.some((each) => each.topologyKey === 'kubernetes.io/hostname');
      const wrong = [
        [least < 2, `has ${least} replica; it must have 2 at least`],
        [at(owner, 'spec.strategy.rollingUpdate.maxUnavailable') !== 0, 'maxUnavailable must be 0'],
        [!isSpread, 'lacks topologySpreadConstraints over kubernetes.io/hostname'],
      ] as const;
      return wrong.filter(([isWrong]) => isWrong).map(([, cause]) => ({ where: nameOf(owner), cause }));
    }),
};

function leastReplicas(deployment: Manifest, manifests: readonly Manifest[]): number {
  const scaler = ofKind(manifests, 'HorizontalPodAutoscaler').find(
    (each) => inSameNamespace(each, deployment) && at(each, 'spec.scaleTargetRef.name') === deployment.metadata.name,
  );
  return at<number>(scaler, 'spec.minReplicas') ?? at<number>(deployment, 'spec.replicas') ?? 1;
}
