import { at, nameOf, ofKind, selects, type Labels, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** A workload selects its own pods, and so do the constraints that spread them. */
export const selectorsMatch: Policy = {
  name: 'selectors-match',
  check: ({ manifests }) =>
    podsOf(ofKind(manifests, 'Deployment', 'DaemonSet', 'StatefulSet')).flatMap(({ owner, labels, spec }) => {
      const selectors = [
        ['spec.selector', at<Labels>(owner, 'spec.selector.matchLabels')] as const,
        ...(spec.topologySpreadConstraints ?? []).map(
          (each) => [`the spread over ${each.topologyKey}`, each.labelSelector?.matchLabels] as const,
        ),
      ];
      return selectors
        .filter(([, wanted]) => wanted === undefined || !selects(wanted, labels))
        .map(([what]) => ({ where: nameOf(owner), cause: `${what} does not select the pods of its own template` }));
    }),
};
