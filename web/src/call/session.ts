import { effectScope, onScopeDispose, readonly, type Ref, ref, watch } from 'vue';
import type {
  CallFailure,
  CallSession,
  CallSessionOptions,
  CallState,
  EndedReason,
  JoinGrant,
} from './call-session.ts';
import { Joining } from './joining.ts';
import type { Link, LinkOwner, LinkState, OpenLink } from './link.ts';
import { rememberMedia } from './media/remembered-media.ts';
import { type ScreenShare, useScreenShare } from './media/use-screen-share.ts';
import { Presence } from './presence.ts';
import { useRemoteSide } from './remote-side.ts';
import { useRemoteSound } from './remote-sound.ts';

/** After this long without a connection a person is asked to do something. */
const patienceMs = 60_000;

/**
 * What is the same with every provider: who is there, takeover, the end, joining anew. A link does the rest, one for
 * each grant. All of it lives in a scope of its own, since a call outlives the component that began it.
 */
export function createSession<Grant extends JoinGrant>(
  options: CallSessionOptions,
  grant: Grant,
  openLink: OpenLink<Grant>,
): CallSession {
  const scope = effectScope(true);
  // Safe: a session opens links for grants of its first grant's provider alone.
  const session = scope.run(() => new Session(options, grant.provider, openLink as OpenLink<JoinGrant>));
  if (!session) throw new Error('the scope was stopped before it ran');
  scope.run(() => session.begin(grant));
  return session.asSeen(() => scope.stop());
}

class Session {
  readonly #options: CallSessionOptions;
  readonly #provider: JoinGrant['provider'];
  readonly #openLink: OpenLink<JoinGrant>;
  readonly #state = ref<CallState>('connecting');
  readonly #endedReason = ref<EndedReason | null>(null);
  readonly #failure = ref<CallFailure | null>(null);
  readonly #needsRejoin: Ref<boolean>;
  readonly #far = useRemoteSide();
  readonly #screen: ScreenShare = useScreenShare();
  readonly #sound;
  readonly #joining: Joining;
  readonly #presence: Presence;
  readonly #owner: LinkOwner;
  #link: Link | null = null;
  #mediaBefore;

  constructor(options: CallSessionOptions, provider: JoinGrant['provider'], openLink: OpenLink<JoinGrant>) {
    this.#options = options;
    this.#provider = provider;
    this.#openLink = openLink;
    this.#mediaBefore = rememberMedia(options.media);
    this.#needsRejoin = usePatience(this.#state);
    this.#sound = useRemoteSound(this.#far.remote, options.speakerId ?? null);
    this.#presence = new Presence(options, (there) => this.#link?.onOther(there));
    this.#joining = new Joining(options, {
      onGrant: (grant) => this.open(grant),
      onEnd: (reason, failure) => this.#end(reason, failure),
      onOther: (there) => this.#link && this.#presence.set(there),
      onFailure: (failure) => void (this.#failure.value = failure),
      isSuperseded: () => this.#link?.isSuperseded() ?? Promise.resolve(false),
    });
    this.#owner = this.#asOwner();
  }

  begin(grant: JoinGrant): void {
    this.open(grant);
    onScopeDispose(this.#joining.listen());
  }

  open(grant: JoinGrant): void {
    if (grant.provider !== this.#provider) return this.#end('failed', { kind: 'configuration', code: null });
    this.#link?.close();
    this.#endedReason.value = null;
    this.#joining.begin(grant);
    this.#link = this.#openLink(this.#owner, grant);
    this.#presence.begin();
  }

  /** The interface, without a way into the machinery. */
  asSeen(stopScope: () => void): CallSession {
    const { media } = this.#options;
    return {
      provider: this.#provider,
      state: readonly(this.#state),
      endedReason: readonly(this.#endedReason),
      failure: readonly(this.#failure),
      needsRejoin: readonly(this.#needsRejoin),
      local: media,
      remote: this.#far.remote,
      screenStream: this.#screen.stream,
      screenFailure: this.#screen.failure,
      soundBlocked: this.#sound.blocked,
      setCamera: async (on) => (on ? media.startCamera() : (media.stopCamera(), true)),
      setMicrophone: async (on) => (on ? media.startMicrophone() : (media.muteMicrophone(true), true)),
      switchCamera: media.switchCamera,
      setSpeaker: this.#sound.setSpeaker,
      shareScreen: async (on) => (on ? this.#screen.start() : (this.#screen.stop(), true)),
      allowSound: this.#sound.allow,
      leave: () => this.#leave(),
      rejoin: () => this.#rejoin(),
      dispose: () => {
        this.#end('left');
        stopScope();
      },
    };
  }

  #asOwner(): LinkOwner {
    return {
      options: this.#options,
      screen: this.#screen,
      isOtherThere: () => this.#presence.isThere,
      otherIsThere: (there) => this.#presence.set(there),
      setState: (state) => this.#setState(state),
      setPresent: this.#far.setPresent,
      setFarMedia: this.#far.setMedia,
      setFarTracks: this.#far.setTracks,
      setQuality: this.#far.setQuality,
      setFailure: (failure) => void (this.#failure.value = failure),
      end: (reason, failure) => this.#end(reason, failure),
      refused: (code) => this.#joining.refused(code),
      renew: () => {
        this.#setState('connecting');
        this.#joining.renew();
      },
    };
  }

  #setState(state: LinkState): void {
    const before = this.#state.value;
    const isAgain = state === 'connecting' && (before === 'connected' || before === 'reconnecting');
    this.#state.value = isAgain ? 'reconnecting' : state;
    if (state === 'connecting') return;
    this.#failure.value = null;
    this.#joining.succeeded();
  }

  #end(reason: EndedReason, failure: CallFailure | null = null): void {
    // The provider may say that a call is over a moment before the backend says why.
    if (this.#endedReason.value === 'call-over' && reason === 'ended-by-doctor') this.#endedReason.value = reason;
    if (this.#state.value === 'ended') return;
    this.#mediaBefore = rememberMedia(this.#options.media);
    this.#state.value = 'ended';
    this.#endedReason.value = reason;
    this.#failure.value = failure;
    this.#letGo();
  }

  #letGo(): void {
    this.#link?.close();
    this.#link = null;
    this.#joining.stop();
    this.#presence.stop();
    this.#far.forget();
    this.#screen.stop();
    this.#options.media.stopAll();
  }

  async #leave(): Promise<void> {
    if (this.#state.value === 'ended') return;
    const { connectionId } = this.#joining;
    const said = this.#link?.farewell();
    this.#end('left');
    await said;
    if (connectionId) await this.#options.leaveCall(connectionId);
  }

  async #rejoin(): Promise<void> {
    const wasEnded = this.#state.value === 'ended';
    this.#state.value = wasEnded ? 'connecting' : 'reconnecting';
    this.#needsRejoin.value = false;
    if (wasEnded) await this.#mediaBefore.restore();
    await this.#joining.joinNow();
  }
}

/** True once a call that should be connected was not for a minute; it goes on trying meanwhile. */
function usePatience(state: Ref<CallState>): Ref<boolean> {
  const isOut = ref(false);
  watch(
    () => state.value === 'connecting' || state.value === 'reconnecting',
    (isTrying, _, onCleanup) => {
      isOut.value = false;
      if (!isTrying) return;
      const timer = setTimeout(() => void (isOut.value = true), patienceMs);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true, flush: 'sync' },
  );
  return isOut;
}
