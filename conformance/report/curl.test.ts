import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlLine } from './curl.ts';
import type { Exchange } from './records.ts';

const URL = 'http://127.0.0.1:4001/v1/me';

function line(request: Partial<Exchange['request']>): string {
  return curlLine({ request: { method: 'GET', url: URL, headers: {}, body: null, ...request } });
}

/** What curl would get: its arguments, then its standard input when it is told to read that. */
function run(command: string): string[] {
  const fake = `curl() { printf '%s\\0' "$@"; case "$*" in *@-) cat;; esac; }; TOKEN=t0k PASSWORD=pa55 INVITE_CODE=inv\n`;
  return execFileSync('bash', ['-c', fake + command], { encoding: 'utf8' }).split('\0');
}

test('writes a plain request', () => {
  expect(line({})).toBe('curl -isS http://127.0.0.1:4001/v1/me');
  expect(line({ method: 'HEAD' })).toBe('curl -isS --head http://127.0.0.1:4001/v1/me');
  expect(line({ method: 'DELETE' })).toBe('curl -isS -X DELETE http://127.0.0.1:4001/v1/me');
});

test('keeps odd paths as they were sent', () => {
  expect(line({ url: `${URL}/../x` })).toBe('curl -isS --path-as-is http://127.0.0.1:4001/v1/me/../x');
  expect(line({ url: `${URL}?q[]=1&b=%zz` })).toBe("curl -isS --globoff 'http://127.0.0.1:4001/v1/me?q[]=1&b=%zz'");
});

test('leaves out what curl writes itself', () => {
  expect(line({ headers: { host: 'x', 'content-length': '3', Connection: 'close', 'x-request-id': 'ada-1' } })).toBe(
    "curl -isS http://127.0.0.1:4001/v1/me -H 'x-request-id: ada-1'",
  );
});

test('has variables for secrets, whatever was recorded', () => {
  const headers = { authorization: 'Bearer [redacted]', 'content-type': 'application/json' };
  const body = '{"email":"a@b","password":"sec\\"ret","inviteCode" : "[redacted]"}';
  const command = line({ method: 'POST', headers, body });
  expect(command).not.toContain('sec');
  expect(command).toContain(`-H 'authorization: Bearer '"$TOKEN"`);
  expect(run(command)).toContain('authorization: Bearer t0k');
  expect(run(command)).toContain('{"email":"a@b","password":"pa55","inviteCode" : "inv"}');
  expect(line({ headers: { 'X-Twilio-Signature': 'abc=' } })).toContain(`-H 'X-Twilio-Signature: '"$TWILIO_SIGNATURE"`);
  expect(line({ headers: { authorization: '[redacted]' } })).toContain(`-H 'authorization: '"$TOKEN"`);
});

test('sends exactly the body, in one line of shell', () => {
  const body = `it's "quoted" $HOME \`id\` \\ !\n\ttab`;
  const command = line({ method: 'POST', headers: { 'content-type': 'text/plain' }, body });
  expect(command).not.toMatch(/\n/u);
  expect(run(command).slice(-3)).toEqual(['--data-raw', body, '']);
});

test('shows no control character, and pipes what no argument can hold', () => {
  expect(line({ method: 'POST', body: '\u202e\u001b' })).toContain("--data-raw $'\\u202e\\u001b'");
  const command = line({ method: 'POST', body: '{"reason":"a\u0000b\\u0000 it\'s %d"}' });
  expect(run(command).slice(-2).join('\0')).toBe('{"reason":"a\u0000b\\u0000 it\'s %d"}');
});

test('takes the content type away when none was sent', () => {
  expect(line({ method: 'POST', body: '{}' })).toBe(
    "curl -isS http://127.0.0.1:4001/v1/me -H 'Content-Type:' --data-raw '{}'",
  );
});

test('says that a recorded body was cut', () => {
  expect(line({ method: 'POST', headers: { 'Content-Type': 'a/b' }, body: 'long… (65540 bytes in all)' })).toBe(
    "curl -isS http://127.0.0.1:4001/v1/me -H 'Content-Type: a/b' --data-raw long # the body was cut (65540 bytes in all)",
  );
});
