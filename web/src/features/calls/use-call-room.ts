import { useEventListener } from '@vueuse/core';
import { computed, watch } from 'vue';
import { useBackends } from '../../api/backends.ts';
import { clientConfig } from '../../api/client-config.ts';
import { useApi } from '../../api/client.ts';
import { useEventStream } from '../../api/events.ts';
import { ApiProblem, problemOfFailure } from '../../api/problem.ts';
import { onLogout } from '../../api/session.ts';
import { createCallSession, prepareProvider, type JoinGrant } from '../../call/call-session.ts';
import { useDevices } from '../../call/media/use-devices.ts';
import { useLocalMedia } from '../../call/media/use-local-media.ts';
import { useWakeLock } from '../../call/media/use-wake-lock.ts';
import { statusAt } from '../appointments/appointment.ts';
import { useAppointment } from '../appointments/use-appointment.ts';
import { isInCall } from './call-flow.ts';
import { callRequests } from './call-requests.ts';
import { judgeJoinProblem } from './join-obstacle.ts';
import { createTabLock } from './tab-lock.ts';
import { useCall, type Call } from './use-call.ts';
import { useCallChannel } from './use-call-channel.ts';
import { useJoinRetry } from './use-join-retry.ts';
import { useMediaChoices } from './use-media-choices.ts';
import { useOpening } from './use-opening.ts';
import { useServerClock } from './use-server-clock.ts';

type Place = { appointmentId: string; accountId: string };

/** What a join causes is heard by the event stream; one that stays away must not keep anybody out for ever. */
const patienceForEvents = 6_000;

/** Everything of one person's call of one appointment, put together. It ends with the scope. */
export function useCallRoom({ appointmentId, accountId }: Place) {
  const backendId = useBackends().current.id;
  const { appointment, problem, load } = useAppointment(appointmentId);
  const stream = useEventStream();
  const clock = useServerClock(accountId);
  const devices = useDevices();
  const media = useLocalMedia(devices);
  const requests = callRequests(useApi().client, useCallChannel(appointmentId), { appointmentId, accountId });

  const { join, joinAtOnce } = joinsOf(requests, clock, stream);
  const call = useCall({
    lock: (onLost) => createTabLock(navigator.locks, `duet.call.${backendId}.${accountId}.${appointmentId}`, onLost),
    join,
    leaveCall: requests.leaveCall,
    openSession: (grant) =>
      createCallSession({
        ...requests,
        join: joinAtOnce,
        streamIsLive: () => stream.whenLive(),
        grant,
        appointmentId,
        accountId,
        media,
        speakerId: devices.speaker.value,
        twilioSignalling: clientConfig().wsServer,
      }),
    judge(error, attempt) {
      const known = problemOfFailure(error);
      if (!(known instanceof ApiProblem)) throw error;
      if (known !== error) reportError(error);
      return judgeJoinProblem(known, { now: Date.now(), serverOffset: clock.offset.value, attempt });
    },
    async load() {
      await load();
      return appointment.value;
    },
  });
  const choices = useMediaChoices({ backendId, appointmentId }, { media, session: call.session, flow: call.flow });
  const wakeLock = useWakeLock(() => isInCall(call.flow.value) || call.flow.value.phase === 'joining');
  useJoinRetry(call.flow, call.retry);

  async function joinAgain(options: { takeOver: boolean }) {
    await Promise.all([call.join(options), choices.restore()]);
  }

  const { isComingBack } = useOpening({ appointment, problem, call, choices, media, prepareProvider });

  // What time alone changes has no event.
  const status = computed(() => appointment.value && statusAt(appointment.value, clock.now.value));
  watch(status, (now) => now !== appointment.value?.status && void load());

  endWithPage(call);

  const shown = { appointment, problem, load, isComingBack };
  return { ...shown, stream, clock, devices, media, requests, call, choices, wakeLock, joinAgain };
}

function endWithPage(call: Call): void {
  onLogout(() => call.leave('logged-out'));
  useEventListener(window, 'pagehide', () => call.suspend());
  useEventListener(window, 'pageshow', ({ persisted }) => persisted && location.reload());
}

/** Joining for the first time waits for the stream; a session that joins anew listens for itself. */
function joinsOf(
  requests: { join(): Promise<JoinGrant> },
  clock: { expectOwnJoin(): void },
  stream: { whenLive(): Promise<void> },
) {
  function joinAtOnce(): Promise<JoinGrant> {
    clock.expectOwnJoin();
    return requests.join();
  }

  async function join(): Promise<JoinGrant> {
    await Promise.race([stream.whenLive(), pause(patienceForEvents)]);
    return joinAtOnce();
  }
  return { join, joinAtOnce };
}

export type CallRoom = ReturnType<typeof useCallRoom>;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
