import { accountDecisions } from './decisions/accounts.ts';
import { appointmentDecisions } from './decisions/appointments.ts';
import { calendarDecisions } from './decisions/calendar.ts';
import { callDecisions } from './decisions/calls.ts';
import { doctorDecisions } from './decisions/doctors.ts';
import { eventDecisions } from './decisions/events.ts';
import { httpDecisions } from './decisions/http.ts';
import { messageDecisions } from './decisions/messages.ts';
import { operationDecisions } from './decisions/operations.ts';
import { pageDecisions } from './decisions/pages.ts';
import { sessionDecisions } from './decisions/sessions.ts';

/** Every decision of the specimen, as the contract wants it. A fault overrides one of them. */
export const honest = {
  ...httpDecisions,
  ...pageDecisions,
  ...accountDecisions,
  ...sessionDecisions,
  ...doctorDecisions,
  ...appointmentDecisions,
  ...calendarDecisions,
  ...callDecisions,
  ...messageDecisions,
  ...eventDecisions,
  ...operationDecisions,
};

export type Behaviour = typeof honest;
