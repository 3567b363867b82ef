import { at, inSameNamespace, nameOf, ofKind, selects } from '../manifest.ts';
import type { Complaint, Labels, Manifest, Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** Every pod stands under a policy in both directions, and every policy means some pod. */
export const networkIsClosed: Policy = {
  name: 'network-is-closed',
  check: ({ manifests }) => {
    const policies = ofKind(manifests, 'NetworkPolicy');
    return [...openPods(manifests, policies), ...policies.flatMap((policy) => idle(policy, manifests))];
  },
};

function openPods(manifests: Manifest[], policies: Manifest[]): Complaint[] {
  return podsOf(manifests).flatMap(({ owner, labels }) =>
    ['Ingress', 'Egress']
      .filter((direction) => !policies.some((policy) => covers(policy, direction, owner, labels)))
      .map((direction) => ({ where: nameOf(owner), cause: `is under no NetworkPolicy for ${direction}` })),
  );
}

function covers(policy: Manifest, direction: string, owner: Manifest, labels: Labels): boolean {
  const isMeant = selects(at<Labels>(policy, 'spec.podSelector.matchLabels'), labels);
  return (
    inSameNamespace(policy, owner) && isMeant && at<string[]>(policy, 'spec.policyTypes')?.includes(direction) === true
  );
}

/** A policy that lets through what no pod here sends or hears is a slip of the pen, unless it is for another build's pods. */
function idle(policy: Manifest, manifests: Manifest[]): Complaint[] {
  const wanted = at<Labels>(policy, 'spec.podSelector.matchLabels');
  const pods = podsOf(manifests).filter(({ owner }) => inSameNamespace(owner, policy));
  if (wanted === undefined || pods.length === 0 || pods.some(({ labels }) => selects(wanted, labels))) return [];
  return [{ where: nameOf(policy), cause: 'selects no pod; its podSelector must be labels of a template' }];
}
