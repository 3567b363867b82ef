import { currentName } from '../appointments/time/zone-name.ts';

/** The zones that a browser and the contract both know: canonical names, and UTC. */
export const timeZones: string[] = [...new Set([...Intl.supportedValuesOf('timeZone').map(currentName), 'UTC'])].filter(
  (name) => name === 'UTC' || name.includes('/'),
);
