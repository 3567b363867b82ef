import { listed } from '../../../report/text.ts';
import type { ScenarioName } from '../records.ts';

const WORDS: Record<ScenarioName, { name: string; many: string; about: string }> = {
  'point-read': { name: 'point read', many: 'point reads', about: 'one appointment, by a session' },
  list: { name: 'list', many: 'lists', about: 'a page of appointments' },
  booking: { name: 'booking', many: 'bookings', about: 'a slot taken, events written' },
  message: { name: 'message', many: 'messages', about: 'a text in an open call' },
  login: { name: 'login', many: 'logins', about: 'a password hashed and checked' },
  'mixed-day': { name: 'mixed day', many: 'the mixed day', about: 'all of them, as on a working day' },
};

export function scenarioName(scenario: ScenarioName): string {
  return WORDS[scenario].name;
}

export function scenarioAbout(scenario: ScenarioName): string {
  return WORDS[scenario].about;
}

/** `point reads, bookings and the mixed day`. */
export function scenariosListed(scenarios: readonly ScenarioName[]): string {
  return listed(scenarios.map((scenario) => WORDS[scenario].many));
}

/** `on a mixed day`, `on point reads`. */
export function onScenario(scenario: ScenarioName): string {
  return scenario === 'mixed-day' ? 'on a mixed day' : `on ${WORDS[scenario].many}`;
}
