import document from '@duet/contract/openapi.json' with { type: 'json' };
import fastJsonStringify from 'fast-json-stringify';
import type { components } from '@duet/contract/types';
import { standing } from './contract.ts';

type Schemas = components['schemas'];

function serialiser<Name extends keyof Schemas & keyof typeof document.components.schemas>(
  name: Name,
): (value: Schemas[Name]) => string {
  return fastJsonStringify(standing({ $ref: `#/components/schemas/${name}` }));
}

/** What turns an answer into its text, each built once from the contract's own schema. */
export const serialise = {
  account: serialiser('Account'),
  appointment: serialiser('Appointment'),
  appointmentPage: serialiser('AppointmentPage'),
  busyTimes: serialiser('BusyTimes'),
  cancelled: serialiser('AppointmentCancelledData'),
  doctorPage: serialiser('DoctorPage'),
  grant: serialiser('PeerGrant'),
  health: serialiser('Health'),
  message: serialiser('Message'),
  messagePage: serialiser('MessagePage'),
  meta: serialiser('Meta'),
  newSession: serialiser('NewSession'),
  profile: serialiser('Profile'),
  unreadCounts: serialiser('UnreadCounts'),
  validationProblem: serialiser('ValidationProblem'),
};
