import { expect, it } from 'vitest';
import { redactedCommand } from './judging.ts';

it('shows a command line as typed, without its secrets', () => {
  const words = [
    'conform',
    '--target',
    'http://one',
    '--invite-code',
    's3cret',
    '--header=Authorization: s3cret',
    '--rule',
    'http/*',
  ];
  expect(redactedCommand(words)).toBe(
    `duet conform --target http://one --invite-code [redacted] --header=[redacted] --rule 'http/*'`,
  );
});
