import { serve } from '@hono/node-server';
import { createApp } from './app.ts';

const { PORT = '3000', HOST = '127.0.0.1', DOCTOR_INVITE_CODE, VIDEO_PROVIDER = 'peer' } = process.env;

if (!DOCTOR_INVITE_CODE) {
  console.error('DOCTOR_INVITE_CODE: missing. Set it to the code with which doctors register.');
  process.exit(1);
}
if (VIDEO_PROVIDER !== 'peer' && VIDEO_PROVIDER !== 'twilio') {
  console.error('VIDEO_PROVIDER: is neither peer nor twilio. Set it to one of them.');
  process.exit(1);
}

const app = createApp({ inviteCode: DOCTOR_INVITE_CODE, videoProvider: VIDEO_PROVIDER });
serve({ fetch: app.fetch, port: Number(PORT), hostname: HOST }, ({ address, port }) =>
  console.log(`http://${address}:${port}`),
);
