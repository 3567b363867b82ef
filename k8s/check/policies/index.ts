import type { Policy } from '../manifest.ts';
import { connectionsFit } from './connections-fit.ts';
import { drainFits } from './drain-fits.ts';
import { imagesArePinned } from './images-are-pinned.ts';
import { jobsCanRepeat } from './jobs-can-repeat.ts';
import { metricsStayInside } from './metrics-stay-inside.ts';
import { namespacesEnforce } from './namespaces-enforce.ts';
import { networkIsClosed } from './network-is-closed.ts';
import { noSecretData } from './no-secret-data.ts';
import { podsAreRestricted } from './pods-are-restricted.ts';
import { resourcesAreBounded } from './resources-are-bounded.ts';
import { rolloutsKeepServing } from './rollouts-keep-serving.ts';
import { scriptsAreWhole } from './scripts-are-whole.ts';
import { secretsAreListed } from './secrets-are-listed.ts';
import { selectorsMatch } from './selectors-match.ts';
import { serversAreProbed } from './servers-are-probed.ts';
import { servicesSelect } from './services-select.ts';
import { targetsExist } from './targets-exist.ts';

/** Every policy, in the order of the table. */
export const policies: readonly Policy[] = [
  imagesArePinned,
  resourcesAreBounded,
  podsAreRestricted,
  namespacesEnforce,
  serversAreProbed,
  rolloutsKeepServing,
  drainFits,
  connectionsFit,
  jobsCanRepeat,
  selectorsMatch,
  servicesSelect,
  targetsExist,
  scriptsAreWhole,
  networkIsClosed,
  metricsStayInside,
  noSecretData,
  secretsAreListed,
];
