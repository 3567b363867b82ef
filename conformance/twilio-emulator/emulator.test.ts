import { Command } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { twilioEmulatorCommand } from '../src/cli/twilio-emulator.ts';
import { freePort } from '../src/stack/ports.ts';
import { startTwilioEmulator } from './emulator.ts';

afterEach(() => void vi.restoreAllMocks());

it('gives the settings that a backend needs, with the account it was given', async () => {
  const account = {
    accountSid: `AC${'a'.repeat(32)}`,
    apiKeySid: `SK${'b'.repeat(32)}`,
    apiKeySecret: 's',
    authToken: 't',
  };
  const emulator = await startTwilioEmulator(account);
  expect(emulator.environment).toEqual({
    VIDEO_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_API_KEY_SID: account.apiKeySid,
    TWILIO_API_KEY_SECRET: 's',
    TWILIO_AUTH_TOKEN: 't',
    TWILIO_BASE_URL: emulator.url,
  });
  await emulator.stop();
  await expect(fetch(emulator.url)).rejects.toThrow('fetch failed');
  await expect(fetch(emulator.controlUrl)).rejects.toThrow('fetch failed');
});

it('says that its port is taken', async () => {
  const first = await startTwilioEmulator();
  const port = Number(new URL(first.url).port);
  await expect(startTwilioEmulator({ port })).rejects.toThrow('EADDRINUSE');
  await first.stop();
});

it('runs as a command until it is told to stop, its settings on stdout', async () => {
  const port = await freePort();
  const controller = new AbortController();
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const program = new Command().addCommand(twilioEmulatorCommand({ signal: controller.signal }));
  const run = program.parseAsync(['twilio-emulator', '--port', String(port)], { from: 'user' });
  await expect.poll(() => written).toContain(`TWILIO_BASE_URL=http://127.0.0.1:${port}\n`);
  expect(written.every((line) => /^[A-Z_]+=\S+\n$/.test(line))).toBe(true);
  expect((await fetch(`http://127.0.0.1:${port}/v1/Rooms`)).status).toBe(401);
  controller.abort(new Error('enough'));
  await expect(run).rejects.toThrow('enough');
});
