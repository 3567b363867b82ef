import { parseArgs } from 'node:util';
import { createSpecimen } from './specimen.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    replicas: { type: 'string', default: '2' },
    'invite-code': { type: 'string', default: 'specimen-invite' },
    'cors-origin': { type: 'string', multiple: true, default: [] },
  },
});

const specimen = await createSpecimen({
  inviteCode: values['invite-code'],
  replicas: Number(values.replicas),
  corsOrigins: values['cors-origin'],
  ...(values.port !== undefined && { port: Number(values.port) }),
});
console.log(`specimen=${specimen.urls.join(',')}`);
console.log(`invite code: ${values['invite-code']}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void specimen.stop());
