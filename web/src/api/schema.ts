import type { components, paths } from '@duet/contract/types';
import type { Client } from 'openapi-fetch';

type Schemas = components['schemas'];

export type ApiClient = Client<paths>;
export type Account = Schemas['Account'];
export type Appointment = Schemas['Appointment'];
export type DuetEvent = Schemas['Event'];
export type EventType = DuetEvent['event'];
export type EventOf<Type extends EventType> = Extract<DuetEvent, { event: Type }>;
export type Message = Schemas['Message'];
export type Meta = Schemas['Meta'];
export type NewAccount = Schemas['NewAccount'];
export type NewSession = Schemas['NewSession'];
export type Problem = Schemas['Problem'];
export type Profile = Schemas['Profile'];
export type TimeZone = Schemas['TimeZone'];
export type ValidationError = Schemas['ValidationError'];
