import { tryOnScopeDispose, useEventListener } from '@vueuse/core';
import { effectScope, watch } from 'vue';
import type { PeerGrant, ReceivedSignal } from '../call-session.ts';
import type { Link, LinkOwner } from '../link.ts';
import { receptionIn } from '../quality.ts';
import { useQuality } from '../use-quality.ts';
import { Attempt, configurationOf } from './attempt.ts';
import { type LocalSide, useLocalSide } from './local-side.ts';
import { Outbox, sayOnce } from './outbox.ts';
import { delays, Pursuit } from './pursuit.ts';
import { type DescriptionData, type MediaData, readSignal, type RestartData } from './signal-data.ts';
import { checkingMs, farewellMs, newEpochMs, youngMs } from './timings.ts';

/** The link of one grant between two browsers. The doctor alone makes offers, so that two never cross. */
export class PeerLink implements Link {
  readonly #owner: LinkOwner;
  readonly #grant: PeerGrant;
  readonly #scope = effectScope(true);
  readonly #outbox: Outbox;
  readonly #pursuit = new Pursuit(
    () => this.#nudge(),
    () => this.#owner.renew(),
  );
  readonly #local: LocalSide;
  #epoch: number;
  #attempt: Attempt | null = null;
  #attempts = 0;
  #epochTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: LinkOwner, grant: PeerGrant) {
    this.#owner = owner;
    this.#grant = grant;
    this.#epoch = grant.epoch;
    const { options, screen } = owner;
    this.#outbox = new Outbox({
      connectionId: grant.connectionId,
      epoch: () => this.#epoch,
      post: (signal) => options.sendSignal(signal),
      onRefused: (code) => (code === 'stale-epoch' ? this.#awaitEpoch() : owner.refused(code)),
    });
    this.#local = useLocalSide(options.media, screen);
    this.#scope.run(() => this.#listen());
    this.#begin();
  }

  onOther(there: boolean): void {
    if (!there) return this.#otherLeft();
    this.#owner.setPresent(true);
    if (this.#isConnected() || this.#pursuit.isRunning) return;
    this.#owner.setState('connecting');
    this.#pursuit.start(delays.expected);
  }

  async farewell(): Promise<void> {
    const timeout = new Promise<void>((resolve) => void setTimeout(resolve, farewellMs));
    await Promise.race([timeout, this.#tryToSay({ ...this.#local.media.value, left: true })]);
  }

  async isSuperseded(): Promise<boolean> {
    return (await this.#tryToSay(this.#local.media.value)) === 'superseded';
  }

  close(): void {
    this.#scope.stop();
    this.#outbox.stop();
    this.#pursuit.stop();
    clearTimeout(this.#epochTimer);
    this.#dropAttempt();
  }

  #begin(): void {
    if (this.#owner.isOtherThere() === false) {
      this.#owner.setState('waiting');
      if (this.#grant.offerer) this.#newAttempt();
      return;
    }
    this.#owner.setState('connecting');
    if (this.#epoch === 0) return; // Nobody to ask for an offer before the doctor's first join.
    this.#pursuit.start(delays.first);
    this.#nudge(); // Not by a timer: drawing the page comes before that.
  }

  #listen(): void {
    const { options } = this.#owner;
    tryOnScopeDispose(options.onSignal((signal) => this.#hear(signal)));
    useQuality(() => this.#reception(), this.#owner.setQuality);
    watch(this.#local.tracks, () => this.#attempt?.changeTracks(), { flush: 'sync' });
    watch(this.#local.media, (data) => this.#attempt && this.#outbox.send({ type: 'media', data }));
    useEventListener(window, 'online', () => this.#online());
  }

  /** The network is back, perhaps another one: the old way may be dead without a sign of it. */
  #online(): void {
    this.#outbox.hurry();
    if (this.#attempt?.isAnswered) this.#restartIce(this.#attempt);
    if (!this.#isConnected() && this.#pursuit.isRunning) this.#pursuit.start(delays.broken);
  }

  #hear(received: ReceivedSignal): void {
    if (received.epoch < this.#epoch) return;
    if (received.epoch > this.#epoch) {
      // For the offerer a newer epoch is another device of the same person: call.superseded says so.
      if (this.#grant.offerer) return;
      this.#epoch = received.epoch;
      clearTimeout(this.#epochTimer);
    }
    const signal = readSignal(received);
    if (!signal) return;
    if (signal.type === 'media' && signal.data.left) return this.#saidGoodbye();
    this.#owner.otherIsThere(true);
    if (signal.type === 'media') this.#tellMedia(signal.data);
    if (signal.type === 'candidate' && signal.data.attempt === this.#attempt?.id)
      this.#attempt.addCandidates(signal.data.candidates);
    if (signal.type === 'offer' && !this.#grant.offerer) this.#offered(signal.data);
    if (signal.type === 'answer' && this.#grant.offerer) this.#answered(signal.data);
    if (signal.type === 'restart' && this.#grant.offerer) this.#asked(signal.data);
  }

  #offered({ attempt, revision, sdp, media }: DescriptionData): void {
    if (this.#attempt?.id !== attempt) this.#useAttempt(attempt);
    this.#tellMedia(media);
    this.#attempt?.answerTo(sdp, revision);
    if (!this.#isConnected()) this.#pursuit.start(delays.underWay);
  }

  #answered({ attempt, revision, sdp, media }: DescriptionData): void {
    if (this.#attempt?.id !== attempt) return;
    this.#tellMedia(media);
    this.#attempt.accept(sdp, revision);
  }

  #asked({ want, attempt }: RestartData): void {
    const current = this.#attempt;
    if (want === 'offer' || !current || current.id !== attempt) {
      this.#newAttempt();
      return this.#pursuit.start(delays.underWay);
    }
    if (current.isAnswered || performance.now() - current.describedAt > youngMs) this.#restartIce(current);
  }

  #nudge(): void {
    const current = this.#attempt;
    if (!this.#grant.offerer) return this.#askFor(current?.isAnswered ? 'ice' : 'offer');
    if (!current) return this.#newAttempt();
    if (!current.isAnswered) return current.offer({ restart: false });
    const isYoung = performance.now() - current.describedAt < checkingMs;
    if (!(current.state === 'connecting' && isYoung)) this.#restartIce(current);
  }

  #restartIce(attempt: Attempt): void {
    if (this.#grant.offerer) attempt.offer({ restart: true });
    else this.#askFor('ice');
  }

  #askFor(want: RestartData['want']): void {
    this.#outbox.send({ type: 'restart', data: { want, attempt: this.#attempt?.id ?? null } });
  }

  #newAttempt(): void {
    this.#attempts += 1;
    this.#useAttempt(`${this.#grant.connectionId}/${this.#attempts}`).offer({ restart: false });
  }

  #useAttempt(id: string): Attempt {
    this.#dropAttempt();
    const isCurrent = (): boolean => this.#attempt === attempt;
    const attempt: Attempt = new Attempt({
      id,
      configuration: configurationOf(this.#grant),
      tracks: () => this.#local.tracks.value,
      sendDescription: (type, description) =>
        this.#outbox.send({ type, data: { attempt: id, ...description, media: this.#local.media.value } }),
      sendCandidate: (candidate) =>
        this.#outbox.send({ type: 'candidate', data: { attempt: id, candidates: [candidate] } }),
      onTracks: (tracks) => isCurrent() && this.#owner.setFarTracks(tracks),
      onState: (state) => isCurrent() && this.#connectionIs(state),
      onBroken: () => isCurrent() && this.#broken(),
    });
    this.#attempt = attempt;
    return attempt;
  }

  #dropAttempt(): void {
    this.#attempt?.close();
    this.#attempt = null;
    this.#owner.setFarTracks({ audio: null, video: null });
  }

  #broken(): void {
    this.#dropAttempt();
    this.#owner.setState('connecting');
    this.#pursuit.start(delays.broken);
  }

  #connectionIs(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#pursuit.stop();
      this.#owner.otherIsThere(true);
      this.#owner.setState('connected');
      // Said again after each connection, so that the far side never shows what was true before.
      this.#outbox.send({ type: 'media', data: this.#local.media.value });
    }
    if (state !== 'disconnected' && state !== 'failed') return;
    if (this.#owner.isOtherThere() === false) return this.#otherLeft();
    this.#owner.setState('connecting');
    this.#pursuit.start(state === 'failed' ? delays.broken : delays.shaken);
  }

  /** While media flows the backend's word that the other left is not believed: its heartbeats may fail alone. */
  #otherLeft(): void {
    if (this.#isConnected()) return;
    this.#pursuit.stop();
    // An offer without an answer may be on its way to somebody whom the backend does not know of yet.
    if (this.#attempt?.isAnswered) this.#dropAttempt();
    this.#owner.setPresent(false);
    this.#owner.setState('waiting');
  }

  #saidGoodbye(): void {
    this.#dropAttempt();
    this.#owner.otherIsThere(false);
    this.#otherLeft();
  }

  #awaitEpoch(): void {
    clearTimeout(this.#epochTimer);
    if (this.#grant.offerer) return this.#owner.renew();
    this.#epochTimer = setTimeout(() => this.#owner.renew(), newEpochMs);
  }

  #tellMedia({ microphone, camera, screen }: MediaData): void {
    this.#owner.setFarMedia({ audio: microphone, video: camera || screen, screen });
  }

  #isConnected(): boolean {
    return this.#attempt?.state === 'connected';
  }

  async #reception(): Promise<ReturnType<typeof receptionIn> | null> {
    const attempt = this.#attempt;
    return attempt && this.#isConnected() ? receptionIn(await attempt.stats()) : null;
  }

  #tryToSay(data: MediaData): Promise<string | null> {
    const { connectionId } = this.#grant;
    const { options } = this.#owner;
    return sayOnce((signal) => options.sendSignal(signal), { connectionId, epoch: this.#epoch, type: 'media', data });
  }
}
