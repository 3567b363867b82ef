import { nameOf, ofKind, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';
/** For its node's network; pods-are-restricted holds the rest. */
const PRIVILEGED = new Set(['duet-turn']);

/** Each namespace with pods comes along, and the cluster itself refuses pods that are not restricted. */
export const namespacesEnforce: Policy = {
  name: 'namespaces-enforce',
  check: ({ manifests }) => {
    const namespaces = new Map(ofKind(manifests, 'Namespace').map((each) => [each.metadata.name, each]));
    const withPods = new Set(podsOf(manifests).map(({ owner }) => owner.metadata.namespace ?? ''));
    return [...withPods].flatMap((name) => {
      const namespace = namespaces.get(name);
      if (!namespace) return [{ where: `Namespace ${name || 'none'}`, cause: 'has pods but is not built' }];
      const level = namespace.metadata.labels?.[LABEL];
      const wanted = PRIVILEGED.has(name) ? 'privileged' : 'restricted';
      if (level === wanted) return [];
      return [{ where: nameOf(namespace), cause: `label ${LABEL} is ${level ?? 'missing'}; it must be ${wanted}` }];
    });
  },
};
