// A TURN server as a process of its own, so that killing it is what pulling a plug is. Its port is the argument.
import Turn from 'node-turn';

new Turn({
  listeningPort: Number(process.argv[2]),
  listeningIps: ['127.0.0.1'],
  relayIps: ['127.0.0.1'],
  authMech: 'long-term',
  credentials: { duet: 'secret' },
  debugLevel: 'OFF',
}).start();
