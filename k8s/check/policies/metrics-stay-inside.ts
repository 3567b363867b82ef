import { at, nameOf, ofKind, type Complaint, type Manifest, type Policy } from '../manifest.ts';

type Match = { path?: { type?: string; value?: string } };
type Rule = { matches?: Match[]; backendRefs?: { name: string }[] };

const INSIDE = ['/metrics', '/healthz', '/readyz'];
/** Serves files alone: whatever it is asked for, it has no metrics. */
const CLIENT = 'web';

/** From outside only what is under /v1 reaches a backend; what operators read does not. */
export const metricsStayInside: Policy = {
  name: 'metrics-stay-inside',
  check: ({ manifests }) => [
    ...ofKind(manifests, 'HTTPRoute').flatMap(complaintsOf),
    ...ofKind(manifests, 'Ingress').map((each) => ({
      where: nameOf(each),
      cause: 'use an HTTPRoute, which is checked',
    })),
  ],
};

function complaintsOf(route: Manifest): Complaint[] {
  const rules = at<Rule[]>(route, 'spec.rules') ?? [];
  return rules
    .filter(({ backendRefs = [] }) => backendRefs.some(({ name }) => name !== CLIENT))
    .flatMap(({ matches = [{}] }) => matches)
    .flatMap(({ path: { type = 'PathPrefix', value = '/' } = {} }) =>
      /^(\/[ab])?\/v1(\/|$)/.test(value) && type !== 'RegularExpression'
        ? []
        : [{ where: nameOf(route), cause: `${type} ${value} may lead to ${INSIDE.join(', ')}; route /v1 alone` }],
    );
}
