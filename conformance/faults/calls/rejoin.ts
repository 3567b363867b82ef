import { faults } from '../declare.ts';

export default faults('calls/rejoin', {
  'new-room': {
    describe: 'every join gets a room of its own',
    neighbours: ['calls/one-room', 'calls/takeover', 'calls/state'],
    override: () => ({ isRoomReused: () => false }),
  },
  'same-connection': {
    describe: 'a second join names the connection of the first',
    neighbours: ['calls/takeover'],
    override: () => {
      const first = new Map<unknown, unknown>();
      return {
        shownGrant: (grant) => {
          const key = `${String(grant['roomName'])} ${String(grant['offerer'])}`;
          const connectionId = first.get(key) ?? grant['connectionId'];
          first.set(key, connectionId);
          return { ...grant, connectionId };
        },
      };
    },
  },
  'starts-anew': {
    describe: 'a second join moves startedAt',
    neighbours: ['calls/state'],
    override: () => ({ startOf: (_, now) => now }),
  },
});
