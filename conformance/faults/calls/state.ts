import { faults } from '../declare.ts';

type Shown = {
  state: string;
  roomName: unknown;
  participants: { accountId: string }[];
  startedAt: unknown;
  endedAt: unknown;
};

/** Changes how an appointment shows its call. */
const showing = (describe: string, change: (call: Shown, view: Record<string, unknown>) => object) => ({
  describe,
  override: (honest: { shownAppointment(view: Record<string, unknown>): Record<string, unknown> }) => ({
    shownAppointment: (view: Record<string, unknown>) => {
      const call = view['call'] as Shown;
      return { ...honest.shownAppointment(view), call: { ...call, ...change(call, view) } };
    },
  }),
});

export default faults('calls/state', {
  'waiting-is-none': showing('a room with nobody connected is none', ({ state, participants }) =>
    state === 'waiting' && participants.every((one) => 'connected' in one && one.connected === false)
      ? { state: 'none' }
      : {},
  ),
  'joined-is-active': showing('a call is active once both have joined, connected or not', ({ state, participants }) =>
    state === 'waiting' && participants.length === 2 ? { state: 'active' } : {},
  ),
  'room-after-end': showing('the room of an ended call is still named', ({ state }, { id }) =>
    state === 'ended' ? { roomName: `${String(id)}-1` } : {},
  ),
  'user-first': showing('the user is the first of the participants', ({ participants }) => ({
    participants: participants.toReversed(),
  })),
  'as-they-came': {
    describe: 'participants are in the order in which they came',
    override: () => ({ participantOrder: (_, came) => came }),
  },
  'newest-join-shown': {
    describe: 'joinedAt is the newest join',
    override: (honest) => ({ shownJoin: (joins) => joins.at(-1) ?? honest.shownJoin(joins) }),
  },
  'ended-at-ends-at': {
    describe: 'a call that time ended has endsAt as its endedAt',
    override: (honest) => ({
      shownAppointment: (view) => {
        const call = Object(view['call']);
        const latest = Date.parse(String(view['endsAt'])) + 900_000;
        const isByTime = call.endedAt !== null && Date.parse(String(call.endedAt)) === latest;
        return { ...honest.shownAppointment(view), ...(isByTime && { call: { ...call, endedAt: view['endsAt'] } }) };
      },
    }),
  },
  'left-at-for-good': {
    describe: 'leftAt stays when one is connected again',
    override: (honest) => {
      const left = new Map<string, unknown>();
      return {
        shownAppointment: (view) => {
          const call = Object(view['call']);
          const participants = (call.participants as Record<string, unknown>[]).map((one) => {
            const key = `${String(view['id'])} ${String(one['accountId'])}`;
            if (one['leftAt'] !== null) left.set(key, one['leftAt']);
            return { ...one, leftAt: one['leftAt'] ?? left.get(key) ?? null };
          });
          return { ...honest.shownAppointment(view), call: { ...call, participants } };
        },
      };
    },
  },
});
