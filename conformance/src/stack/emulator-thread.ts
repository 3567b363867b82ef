import { parentPort } from 'node:worker_threads';
import { startTwilioEmulator } from '../../twilio-emulator/emulator.ts';
import type { EmulatorGreeting } from './emulator.ts';

/** The emulator on a thread of its own, so that it answers in time whatever the run is busy with. */
const { account, controlUrl, environment } = await startTwilioEmulator();
const greeting: EmulatorGreeting = { access: { controlUrl, ...account }, environment };
parentPort?.postMessage(greeting);
