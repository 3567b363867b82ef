import { Command } from 'commander';
import { startTwilioEmulator, type TwilioEmulator } from '../../twilio-emulator/emulator.ts';
import { StartError, wordsOf } from '../stack/errors.ts';
import { unlessAborted } from './interruption.ts';
import type { Surroundings } from './main.ts';
import { wholeNumber } from './values.ts';

const examples = `
Examples:
  duet twilio-emulator                Twilio's video rooms on this machine, without an account
  duet twilio-emulator > twilio.env   the settings for a backend alone go to stdout, one a line

TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET and TWILIO_AUTH_TOKEN are kept when they are set, else made up.
`;

type EmulatorChoice = { host: string; port: number; callbacksTo?: string };

/** `duet twilio-emulator`: starts the emulator, prints what a backend needs and stays until the signal or Ctrl-C. */
export function twilioEmulatorCommand(surroundings?: Pick<Surroundings, 'signal'>): Command {
  return new Command('twilio-emulator')
    .description("start a stand-in for Twilio's video rooms, and stay until Ctrl-C")
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <port>', 'where it listens', wholeNumber(1, 65_535), 4040)
    .option('--callbacks-to <origin>', 'send callbacks there, still signed over the URL that the backend gave')
    .addHelpText('after', examples)
    .action(async (choice: EmulatorChoice) => {
      const signal = surroundings?.signal ?? new AbortController().signal;
      const emulator = await start(choice);
      try {
        announce(emulator);
        await unlessAborted(signal, new Promise<never>(() => undefined));
      } finally {
        await emulator.stop();
      }
    });
}

async function start(choice: EmulatorChoice): Promise<TwilioEmulator> {
  try {
    return await startTwilioEmulator({ ...choice, ...accountInEnvironment() });
  } catch (error) {
    throw new StartError(`twilio-emulator: ${wordsOf(error)}; choose another port with --port`);
  }
}

function accountInEnvironment(): Record<string, string> {
  const names = {
    accountSid: 'TWILIO_ACCOUNT_SID',
    apiKeySid: 'TWILIO_API_KEY_SID',
    apiKeySecret: 'TWILIO_API_KEY_SECRET',
    authToken: 'TWILIO_AUTH_TOKEN',
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([part, name]) => {
      const value = process.env[name];
      return value ? [[part, value]] : [];
    }),
  );
}

function announce({ environment, signallingUrl, controlUrl }: TwilioEmulator): void {
  for (const [name, value] of Object.entries(environment)) process.stdout.write(`${name}=${value}\n`);
  process.stderr.write(
    `the browser's SDK connects with {wsServer: '${signallingUrl}'}\n` +
      `control: POST ${controlUrl}/_control/<command>\n` +
      'PUBLIC_URL must be the address at which the emulator reaches the backend\nstop with Ctrl-C\n',
  );
}
