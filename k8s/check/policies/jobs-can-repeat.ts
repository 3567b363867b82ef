import { at, nameOf, ofKind, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** A Job cannot be changed once it is there: its name holds its version. It ends by itself, and is swept up afterwards. */
export const jobsCanRepeat: Policy = {
  name: 'jobs-can-repeat',
  check: ({ manifests }) =>
    podsOf(ofKind(manifests, 'Job')).flatMap(({ owner, containers }) => {
      const tag = /:([^:/@]+)(@|$)/.exec(containers[0]?.image ?? '')?.[1];
      const lacking = ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'].filter(
        (member) => at(owner, `spec.${member}`) === undefined,
      );
      const isVersioned = tag !== undefined && owner.metadata.name.endsWith(`-${tag}`);
      return [
        ...(isVersioned ? [] : [`its name must end with the version of its image, ${tag ?? 'none'}`]),
        ...lacking.map((member) => `lacks ${member}`),
      ].map((cause) => ({ where: nameOf(owner), cause }));
    }),
};
