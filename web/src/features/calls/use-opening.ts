import { readonly, ref, watch, type Ref, type ShallowRef } from 'vue';
import type { JoinGrant } from '../../call/call-session.ts';
import type { LocalMedia } from '../../call/media/use-local-media.ts';
import type { Appointment } from '../appointments/appointment.ts';
import { endReasonOf } from './call-flow.ts';
import type { Call } from './use-call.ts';
import type { MediaChoices } from './use-media-choices.ts';

type Parts = {
  appointment: Readonly<ShallowRef<Appointment | null>>;
  problem: Readonly<ShallowRef<unknown>>;
  call: Pick<Call, 'flow' | 'prepare' | 'open' | 'withdraw' | 'finish'>;
  choices: Pick<MediaChoices, 'wasInCall' | 'provider' | 'restore'>;
  media: Pick<LocalMedia, 'stopAll'>;
  prepareProvider(provider: JoinGrant['provider']): Promise<void>;
};

/**
 * Opens the call once its appointment is known, and ends it when the appointment says so. After a reload all that the
 * way back takes is got ready meanwhile; on a first visit nothing is.
 */
export function useOpening({ appointment, problem, call, choices, media, prepareProvider }: Parts): {
  /** From a reload until the call is back, or something is in its way. */
  isComingBack: Readonly<Ref<boolean>>;
} {
  const { wasInCall, provider } = choices;
  const isComingBack = ref(wasInCall);

  function getReady(): void {
    void choices.restore();
    call.prepare();
    if (provider) void prepareProvider(provider);
  }

  function open(now: Appointment): void {
    call.open(now, wasInCall);
    if (endReasonOf(now) !== null) media.stopAll();
    else if (wasInCall) void choices.restore();
  }

  if (wasInCall) getReady();

  watch(appointment, (now, before) => {
    if (!now) return;
    const reason = endReasonOf(now);
    if (!before) open(now);
    else if (reason !== null) call.finish(reason);
  });

  watch(problem, (now) => {
    if (!now || appointment.value) return;
    // There is no call to show: neither camera nor lock are held for it.
    call.withdraw();
    media.stopAll();
  });

  watch(call.flow, (now) => {
    if (now.phase !== 'joining' || now.obstacle !== null) isComingBack.value = false;
  });

  return { isComingBack: readonly(isComingBack) };
}
