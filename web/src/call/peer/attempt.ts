import type { PeerGrant } from '../call-session.ts';
import { inTurns } from '../turns.ts';

export type AttemptOptions = {
  id: string;
  configuration: RTCConfiguration;
  tracks: () => { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
  sendDescription: (type: 'offer' | 'answer', description: { revision: number; sdp: string }) => void;
  sendCandidate: (candidate: RTCIceCandidateInit) => void;
  onTracks: (tracks: { audio: MediaStreamTrack; video: MediaStreamTrack }) => void;
  onState: (state: RTCPeerConnectionState) => void;
  /** A description or a candidate was refused: only another attempt helps. */
  onBroken: (error: unknown) => void;
};

export function configurationOf(grant: PeerGrant): RTCConfiguration {
  return {
    bundlePolicy: 'max-bundle',
    iceTransportPolicy: grant.iceTransportPolicy,
    iceServers: grant.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== null && { username }),
      ...(credential !== null && { credential }),
    })),
  };
}

/**
 * One RTCPeerConnection: one audio and one video transceiver from the start, so that cameras and screens come and go
 * without a new offer. What is done to it is done one after the other.
 */
export class Attempt {
  readonly id: string;
  readonly #options: AttemptOptions;
  readonly #peer: RTCPeerConnection;
  #revision = 0;
  readonly #turns = inTurns();
  /** The far side's, until its description is here; our own, until ours is on its way. */
  #early: RTCIceCandidateInit[] = [];
  #held: RTCIceCandidateInit[] | null = [];
  #describedAt = 0;
  #isClosed = false;

  constructor(options: AttemptOptions) {
    this.id = options.id;
    this.#options = options;
    this.#peer = new RTCPeerConnection(options.configuration);
    this.#peer.addEventListener('icecandidate', ({ candidate }) => candidate && this.#gathered(candidate.toJSON()));
    this.#peer.addEventListener('connectionstatechange', () => options.onState(this.#peer.connectionState));
  }

  get state(): RTCPeerConnectionState {
    return this.#isClosed ? 'closed' : this.#peer.connectionState;
  }

  /** An offer was answered: from here on it can be mended by another way for ICE. */
  get isAnswered(): boolean {
    return this.#peer.signalingState === 'stable' && this.#peer.remoteDescription !== null;
  }

  /** When the last description of either side was set, on performance's clock. */
  get describedAt(): number {
    return this.#describedAt;
  }

  /** Makes an offer, again while none is answered; with `restart` over another way. */
  offer({ restart }: { restart: boolean }): void {
    this.#inTurn(async () => {
      if (this.#peer.getTransceivers().length === 0) {
        this.#peer.addTransceiver('audio', { direction: 'sendrecv' });
        this.#peer.addTransceiver('video', { direction: 'sendrecv' });
        await this.#sendTracks();
      }
      if (restart) this.#peer.restartIce();
      this.#revision += 1;
      await this.#describe('offer', await this.#peer.createOffer());
    });
  }

  /** Takes an offer of the far side and answers it. */
  answerTo(sdp: string, revision: number): void {
    this.#inTurn(async () => {
      this.#revision = revision;
      await this.#setRemote({ type: 'offer', sdp });
      for (const transceiver of this.#peer.getTransceivers()) transceiver.direction = 'sendrecv';
      await this.#sendTracks();
      await this.#describe('answer', await this.#peer.createAnswer());
    });
  }

  /** Takes the answer to the newest offer; one to an older offer comes too late. */
  accept(sdp: string, revision: number): void {
    this.#inTurn(async () => {
      if (revision !== this.#revision || this.#peer.signalingState !== 'have-local-offer') return;
      await this.#setRemote({ type: 'answer', sdp });
    });
  }

  addCandidates(candidates: RTCIceCandidateInit[]): void {
    this.#inTurn(async () => {
      if (this.#peer.remoteDescription === null) this.#early.push(...candidates);
      else for (const candidate of candidates) await this.#add(candidate);
    });
  }

  /** Sends what camera, screen and microphone give now; no new offer is needed for it. */
  changeTracks(): void {
    this.#inTurn(() => this.#sendTracks());
  }

  stats(): Promise<RTCStatsReport> {
    return this.#peer.getStats();
  }

  close(): void {
    this.#isClosed = true;
    this.#peer.close();
  }

  #inTurn(step: () => Promise<void>): void {
    void this.#turns(async () => {
      if (this.#isClosed) return;
      try {
        await step();
      } catch (error) {
        // Closed in the middle of a step: its failure says nothing.
        if (!this.#isClosed) this.#options.onBroken(error);
      }
    });
  }

  async #describe(type: 'offer' | 'answer', description: RTCSessionDescriptionInit): Promise<void> {
    this.#held = [];
    await this.#peer.setLocalDescription(description);
    if (this.#isClosed) return;
    this.#describedAt = performance.now();
    this.#options.sendDescription(type, { revision: this.#revision, sdp: description.sdp ?? '' });
    const held = this.#held;
    this.#held = null;
    for (const candidate of held) this.#options.sendCandidate(candidate);
  }

  async #setRemote(description: RTCSessionDescriptionInit): Promise<void> {
    await this.#peer.setRemoteDescription(description);
    this.#describedAt = performance.now();
    const early = this.#early;
    this.#early = [];
    for (const candidate of early) await this.#add(candidate);
    const [audio, video] = ['audio', 'video'].map((kind) => this.#transceiver(kind)?.receiver.track);
    if (audio && video) this.#options.onTracks({ audio, video });
  }

  async #add(candidate: RTCIceCandidateInit): Promise<void> {
    const name = candidate.usernameFragment;
    // Of an earlier offer, before a restart: it is of no use any more, and refused.
    if (name && !this.#peer.remoteDescription?.sdp.includes(`a=ice-ufrag:${name}`)) return;
    await this.#peer.addIceCandidate(candidate);
  }

  #gathered(candidate: RTCIceCandidateInit): void {
    if (this.#held) this.#held.push(candidate);
    else this.#options.sendCandidate(candidate);
  }

  async #sendTracks(): Promise<void> {
    const { audio, video } = this.#options.tracks();
    await this.#transceiver('audio')?.sender.replaceTrack(audio);
    await this.#transceiver('video')?.sender.replaceTrack(video);
  }

  #transceiver(kind: string): RTCRtpTransceiver | undefined {
    return this.#peer.getTransceivers().find((one) => one.receiver.track.kind === kind);
  }
}
