import { callBack, newSid } from '../wrapping/callbacks.ts';
import { withMember } from '../wrapping/answers.ts';
import { isJoin } from '../wrapping/joins.ts';
import type { Asked } from '../wrapping/proxy.ts';
import { type Hooks, wrap } from '../wrapping/wrap.ts';

const isShown = ({ method, path }: Asked, status: number) =>
  method === 'GET' && status === 200 && /^\/v1\/appointments\/[^/]+$/.test(path);

/** The provider's own id of a room. */
async function sidOf(roomName: string): Promise<string> {
  const { TWILIO_BASE_URL, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET } = process.env;
  const credentials = Buffer.from(`${TWILIO_API_KEY_SID}:${TWILIO_API_KEY_SECRET}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}` };
  const answer = await fetch(`${TWILIO_BASE_URL}/v1/Rooms/${roomName}`, { headers });
  return ((await answer.json()) as { sid: string }).sid;
}

/** Tells the server that whoever joins is connected. */
function connectingJoins(): Hooks {
  return {
    proxy: {
      isChanged: (asked, status) => isJoin(asked) && status === 200,
      change: async (answer, { headers }) => {
        const grant = JSON.parse(answer.body) as { roomName: string; identity: string };
        const now = headers['conformance-now'];
        await callBack(process.env['PUBLIC_URL'] ?? '', {
          RoomName: grant.roomName,
          RoomSid: await sidOf(grant.roomName),
          StatusCallbackEvent: 'participant-connected',
          ParticipantSid: newSid('PA'),
          ParticipantIdentity: grant.identity,
          Timestamp: typeof now === 'string' ? now : new Date().toISOString(),
          SequenceNumber: '0',
        });
        return answer;
      },
    },
  };
}

type Shown = { status: string; call: { state: string; roomName: string | null; startedAt: string | null } };

/** Changes how an appointment is shown whose room was discarded. */
const discarded =
  (change: (shown: Shown) => object): (() => Hooks) =>
  () => ({
    proxy: {
      isChanged: isShown,
      change: (answer) =>
        withMember(answer, (value) => {
          const shown = value as Shown;
          return shown.status === 'in_progress' && shown.call.state === 'none' ? { ...value, ...change(shown) } : value;
        }),
    },
  });

await wrap({
  honest: () => ({ proxy: {} }),
  'joins-connect': connectingJoins,
  'ends-the-call': discarded(() => ({ status: 'completed' })),
  'starts-again': discarded(({ call }) => ({ call: { ...call, startedAt: null } })),
  'waits-on': discarded(({ call }) => ({ call: { ...call, state: 'waiting', roomName: 'room' } })),
});
