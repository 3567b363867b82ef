import { AccountsAndSessions1767225600000 } from './1767225600000-accounts-and-sessions.ts';
import { Appointments1767225601000 } from './1767225601000-appointments.ts';
import { Calls1767225602000 } from './1767225602000-calls.ts';
import { EventsAndMessages1767225603000 } from './1767225603000-events-and-messages.ts';
import { ProviderRooms1767225605000 } from './1767225605000-provider-rooms.ts';

/** This version's migrations, in the order in which they run. */
export const migrations = [
  AccountsAndSessions1767225600000,
  Appointments1767225601000,
  Calls1767225602000,
  EventsAndMessages1767225603000,
  ProviderRooms1767225605000,
];
