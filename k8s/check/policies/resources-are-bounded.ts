import { nameOf, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** Requests, so that the scheduler knows; limits, so that a neighbour does not suffer. */
export const resourcesAreBounded: Policy = {
  name: 'resources-are-bounded',
  check: ({ manifests }) =>
    podsOf(manifests).flatMap(({ owner, containers }) =>
      containers.flatMap(({ name, resources }) =>
        (['requests', 'limits'] as const).flatMap((bound) =>
          (['cpu', 'memory'] as const)
            .filter((what) => resources?.[bound]?.[what] === undefined)
            .map((what) => ({ where: nameOf(owner), cause: `container ${name} lacks resources.${bound}.${what}` })),
        ),
      ),
    ),
};
