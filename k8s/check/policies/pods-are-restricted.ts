import { nameOf, type Complaint, type Policy } from '../manifest.ts';
import { podsOf, type Container, type Pod } from '../pods.ts';

/** The relay hands out a thousand ports of its node's address; all else holds of it too. */
const MAY_USE_THE_NODES_NETWORK = 'DaemonSet duet-turn/turn';

/** Kubernetes' standard `restricted`, and a root file system that cannot be written. */
export const podsAreRestricted: Policy = {
  name: 'pods-are-restricted',
  check: ({ manifests }) =>
    podsOf(manifests)
      .filter(({ isMadeByOperator }) => !isMadeByOperator)
      .flatMap((pod) => [...complaintsOfPod(pod), ...pod.containers.flatMap((each) => complaintsOf(each, pod))]),
};

function complaintsOfPod({ owner, spec, containers }: Pod): Complaint[] {
  const where = nameOf(owner);
  const isRelay = where === MAY_USE_THE_NODES_NETWORK;
  const wrong = [
    [spec.automountServiceAccountToken?.toString() !== 'false', 'automountServiceAccountToken must be false'],
    [spec.hostNetwork === true && !isRelay, 'hostNetwork must not be used'],
    [spec.hostPID === true || spec.hostIPC === true, 'hostPID and hostIPC must not be used'],
    [spec.volumes?.some(({ hostPath }) => hostPath !== undefined), 'volumes must not be paths of the node'],
    [containers.some((each) => each.ports?.some(({ hostPort }) => hostPort)) && !isRelay, 'hostPort must not be used'],
  ] as const;
  return wrong.filter(([isWrong]) => isWrong).map(([, cause]) => ({ where, cause }));
}

function complaintsOf({ name, securityContext = {} }: Container, { owner, spec }: Pod): Complaint[] {
  const { capabilities, allowPrivilegeEscalation, readOnlyRootFilesystem, privileged } = securityContext;
  const both = { ...spec.securityContext, ...securityContext };
  const added = (capabilities?.add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE');
  const wrong = [
    [both.runAsNonRoot !== true, 'runAsNonRoot must be true'],
    [both.runAsUser === 0, 'runAsUser must not be 0'],
    [both.seccompProfile?.type !== 'RuntimeDefault', 'seccompProfile must be RuntimeDefault'],
    [allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation must be false'],
    [privileged === true, 'privileged must not be true'],
    [readOnlyRootFilesystem !== true, 'readOnlyRootFilesystem must be true'],
    [!capabilities?.drop?.includes('ALL'), 'capabilities must drop ALL'],
    [added.length > 0, `capabilities must not add ${added.join(', ')}`],
  ] as const;
  return wrong
    .filter(([isWrong]) => isWrong)
    .map(([, cause]) => ({ where: nameOf(owner), cause: `container ${name}: ${cause}` }));
}
