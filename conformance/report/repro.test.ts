import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { fixtureCatalogue } from './fixtures/catalogue.ts';
import { conformantRecords, fixtureRecords } from './fixtures/run.ts';
import { bookingSteps, step } from './fixtures/steps.ts';
import type { Failure, ResultRecord, Step } from './records.ts';
import { reproScripts } from './repro.ts';
import { summarise } from './summarise.ts';

/** The script of one rule, of a run in which its test on backend-b failed so, after these steps. */
function scriptOf(steps: Step[], failure: Partial<Failure> = {}): string {
  const records = fixtureRecords().map((record): ResultRecord => {
    if (record.type !== 'test' || record.rule !== 'appointments/no-overlap' || !record.failures[0]) return record;
    const usual = { expected: '409 slot-taken application/problem+json', actual: '201 (no problem code) application/json' };
    return { ...record, steps, failures: [{ ...record.failures[0], ...usual, ...failure }] };
  });
  return reproScripts(summarise(records, fixtureCatalogue)).get('repro/appointments/no-overlap.sh') ?? '';
}

/** Runs a script with a curl that answers each call as told, and says what it was asked. */
function run(script: string, answers: { status: number; type?: string; body: string }[]) {
  const cases = answers.map(
    ({ status, type = 'application/json', body }, index) =>
      `${index + 1}) printf 'HTTP/1.1 ${status} X\\r\\nContent-Type: ${type}; charset=utf-8\\r\\n\\r\\n' >"$work/$step.headers"; printf '%s' '${body}' >"$work/$step.body"; printf ${status};;`,
  );
  const fake = `curl() { printf '%s\\n' "$@" >&2; case $step in\n${cases.join('\n')}\nesac; }`;
  const text = script.replace('work=$(mktemp -d)', `${fake}\nwork=$(mktemp -d)`);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], { encoding: 'utf8', env: { ...process.env, INVITE_CODE: 'c0de' } });
  return { status, stdout, stderr };
}

const created = { status: 201, body: '{"id":"a"}' };
const loggedIn = { status: 201, body: '{"token":"t0k3n"}' };
const taken = { status: 409, type: 'application/problem+json', body: '{"code":"slot-taken"}' };

describe('a script', () => {
  const script = scriptOf(bookingSteps());

  test('has one call a step, what the server chose in variables', () => {
    expect(script).toContain(`# appointments/no-overlap on backend-b\n`);
    expect(script).toContain('BASE_1=${BASE_1:-http://127.0.0.1:4002}\nneeded INVITE_CODE\n');
    expect(script).toContain('TOKEN_1=$(member 2 .token)\ntaken 2 "$TOKEN_1" .token\n');
    expect(script.match(/^call /gmu)).toHaveLength(3);
    expect(script).toContain(
      `call 3 --path-as-is --globoff "$BASE_1"/v1/appointments -H 'authorization: Bearer '"$TOKEN_1" -H 'Content-Type:' --data-raw '{"startsAt":"'"$(at 3600000)"$'","reason":"it\\'s \\u202e"}'`,
    );
    execFileSync('bash', ['-n', '-c', script]);
  });

  test('sends the token that came and an instant as far away as it was', () => {
    const { stderr } = run(script, [created, loggedIn, taken]);
    expect(stderr).toContain('authorization: Bearer t0k3n\n');
    const [, startsAt = ''] = /"startsAt":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/u.exec(stderr) ?? [];
    expect(Math.abs(Date.parse(startsAt) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(stderr).toMatch(/"inviteCode":"c0de","email":"\d{10,16}@d\.invalid"/u);
  });

  test('exits 0 when the rule is kept and 1 when it is broken', () => {
    expect(run(script, [created, loggedIn, taken])).toMatchObject({
      status: 0,
      stdout: 'kept: the problem is 409 slot-taken application/problem+json\n',
    });
    expect(run(script, [created, loggedIn, created])).toMatchObject({
      status: 1,
      stdout:
        'broken: the problem is not 409 slot-taken application/problem+json but 201 (no problem code) application/json\n',
    });
  });

  test('exits 2 when it does not get that far', () => {
    expect(run(script, [created, taken, taken])).toMatchObject({ status: 2, stdout: '' });
    expect(run(script, [created, taken, taken]).stderr).toContain('the answer to step 2 has no .token');
    expect(run(script.replace('needed INVITE_CODE', 'needed HEADER_X'), []).stderr).toContain('set HEADER_X');
  });

  test('judges a bare status too', () => {
    const bare = scriptOf(bookingSteps(), { expected: '409', actual: '201' });
    expect(run(bare, [created, loggedIn, taken]).stdout).toBe('kept: the status is 409\n');
    expect(run(bare, [created, loggedIn, created]).status).toBe(1);
  });
});

describe('what curl cannot show is left to duet replay', () => {
  const replayed = 'exec npx duet replay appointments/no-overlap --of backend-b --from "$folder" "$@"';

  test.each<[string, Step[], Partial<Failure>]>([
    ['what the test looked at is neither the status', bookingSteps(), { expected: '2', actual: '3' }],
    ['the requests of the test were not recorded', [step()].slice(1), { expected: '409', actual: '201' }],
    ['of POST /v1/appointments: it opened an event stream', [step({ obstacle: 'it opened an event stream' })], {}],
    ['the test sends requests at the same time', [step(), step({ overlaps: true })], {}],
  ])('%s', (why, steps, failure) => {
    const script = scriptOf(steps, failure);
    if (steps.length > 0) expect(script).toContain(why);
    expect(script).toContain(replayed);
    execFileSync('bash', ['-n', '-c', script]);
  });
});

test('every broken rule has a script, one for each target that breaks it', () => {
  expect([...reproScripts(summarise(fixtureRecords(), fixtureCatalogue)).keys()].sort()).toEqual([
    'repro/appointments/calendar.sh',
    'repro/appointments/no-overlap.sh',
    'repro/http/retry-after.sh',
    'repro/http/text-verbatim.backend-a.sh',
    'repro/http/text-verbatim.backend-b.sh',
    'repro/http/validation-names-every-error.sh',
    'repro/sessions/equal-work.backend-a.sh',
    'repro/sessions/equal-work.backend-b.sh',
  ]);
  expect(reproScripts(summarise(conformantRecords(), fixtureCatalogue)).size).toBe(0);
});
