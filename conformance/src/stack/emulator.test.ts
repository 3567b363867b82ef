import { expect, test } from 'vitest';
import { connectToEmulator } from '../../twilio-emulator/control/remote-control.ts';
import { startEmulator } from './emulator.ts';

test('the emulator runs on a thread until it is stopped', async () => {
  const { access, environment, stop } = await startEmulator();
  const { controlUrl, ...account } = access;
  const control = connectToEmulator(controlUrl);
  try {
    expect(await control.readAccount()).toEqual(account);
    expect(environment).toMatchObject({ VIDEO_PROVIDER: 'twilio', TWILIO_AUTH_TOKEN: access.authToken });
    const { status } = await fetch(`${environment['TWILIO_BASE_URL']}/v1/Rooms`);
    expect(status, 'it asks for the key').toBe(401);
  } finally {
    await stop();
  }
  await expect(control.listRooms()).rejects.toThrow('fetch failed');
});
