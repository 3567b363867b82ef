import { at, inSameNamespace, nameOf, ofKind, type Manifest, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** So long may an upload take at backend-b, which finishes what came before the drain's end. */
const LONGEST_REQUEST_SECONDS = 120;

/** A backend is never killed while it still answers: the grace covers preStop, the drain and the longest request. */
export const drainFits: Policy = {
  name: 'drain-fits',
  check: ({ manifests }) =>
    podsOf(ofKind(manifests, 'Deployment')).flatMap(({ owner, spec }) => {
      const drain = drainSeconds(owner, manifests);
      if (drain === undefined) return [];
      const preStop = spec.containers?.[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
      const grace = spec.terminationGracePeriodSeconds ?? 30;
      const needed = preStop + drain + LONGEST_REQUEST_SECONDS;
      if (grace > needed) return [];
      const sum = `${preStop} s of preStop, ${drain} s of DRAIN_SECONDS and ${LONGEST_REQUEST_SECONDS} s of a request`;
      return [{ where: nameOf(owner), cause: `terminationGracePeriodSeconds is ${grace}; it must exceed ${sum}` }];
    }),
};

/** Of the settings that the deployment names; undefined for what is no backend. */
function drainSeconds(deployment: Manifest, manifests: Manifest[]): number | undefined {
  const text = settingOf(deployment, 'DRAIN_SECONDS', manifests);
  return text === undefined ? undefined : Number(text);
}

/** A setting that a deployment takes from the ConfigMaps it names. */
export function settingOf(deployment: Manifest, setting: string, manifests: Manifest[]): string | undefined {
  type Source = { configMapRef?: { name: string } };
  const containers = at<{ envFrom?: Source[] }[]>(deployment, 'spec.template.spec.containers') ?? [];
  const names = containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef?.name));
  const maps = ofKind(manifests, 'ConfigMap').filter(
    (each) => inSameNamespace(each, deployment) && names.includes(each.metadata.name),
  );
  return maps.map((each) => at<string>(each, `data.${setting}`)).find((value) => value !== undefined);
}
