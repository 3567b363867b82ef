import type { ConnectOptions, LocalTrack, RemoteParticipant, Room } from 'twilio-video';
import { computed, type ComputedRef, effectScope, watch } from 'vue';
import type { TwilioGrant } from '../call-session.ts';
import type { Link, LinkOwner } from '../link.ts';
import type { LocalMedia } from '../media/use-local-media.ts';
import { useQuality } from '../use-quality.ts';
import { farSideOf, screenName } from './far-side.ts';
import { Publication, type Wanted } from './publication.ts';
import { qualityOfLevel, receptionOf } from './reception.ts';
import { loadSdk, type Sdk } from './sdk.ts';
import { endOf, failureOf } from './twilio-codes.ts';

const streamPatienceMs = 5000;
/** All that can change what is shown of the far side. */
const changes = [
  'participantConnected',
  'participantDisconnected',
  'participantReconnecting',
  'participantReconnected',
  'trackSubscribed',
  'trackUnsubscribed',
  'trackEnabled',
  'trackDisabled',
  'trackSwitchedOff',
  'trackSwitchedOn',
  'reconnecting',
  'reconnected',
];

/** The link of one grant through Twilio's room; the SDK mends what breaks for a while, and a new grant what it cannot. */
export class TwilioLink implements Link {
  readonly #owner: LinkOwner;
  readonly #grant: TwilioGrant;
  readonly #scope = effectScope(true);
  #room: Room | null = null;
  readonly #wanted: { camera: ComputedRef<Wanted>; microphone: ComputedRef<Wanted> };
  #publications: { publication: Publication; wanted: ComputedRef<Wanted> }[] = [];
  #isClosed = false;

  constructor(owner: LinkOwner, grant: TwilioGrant) {
    this.#owner = owner;
    this.#grant = grant;
    this.#wanted = wantedOf(owner.options.media);
    owner.setState('connecting');
    void this.#connect();
  }

  /** The room itself says who is there. */
  onOther(): void {}

  /** Leaving the room is the farewell. */
  farewell(): Promise<void> {
    return Promise.resolve();
  }

  /** Twilio cannot be asked; what the stream has to say about it comes as soon as the stream is live. */
  async isSuperseded(): Promise<boolean> {
    const patience = new Promise<void>((resolve) => void setTimeout(resolve, streamPatienceMs));
    await Promise.race([patience, this.#owner.options.streamIsLive?.()]);
    return false;
  }

  close(): void {
    this.#isClosed = true;
    this.#scope.stop();
    this.#stopPublications();
    this.#room?.disconnect();
    this.#owner.setFarTracks({ audio: null, video: null });
  }

  async #connect(): Promise<void> {
    try {
      const sdk = await loadSdk();
      if (this.#isClosed) return;
      if (!sdk.isSupported) return this.#owner.end('failed', { kind: 'configuration', code: null });
      const tracks = await this.#prepare(sdk);
      if (this.#isClosed) return this.#stopPublications();
      const room = await sdk.connect(this.#grant.token, { ...this.#connectOptions(), tracks });
      if (this.#isClosed) return void room.disconnect();
      this.#room = room;
      this.#scope.run(() => this.#enter(sdk, room));
    } catch (error) {
      this.#lost(error);
    }
  }

  #connectOptions(): ConnectOptions {
    const wsServer = this.#owner.options.twilioSignalling;
    return {
      name: this.#grant.roomName,
      insights: false,
      networkQuality: { local: 1, remote: 1 },
      // No bandwidthProfile: with one the SDK switches off pictures in elements that it did not attach itself.
      // Undocumented, hence the SDK's pinned version: the emulator's address.
      ...(wsServer && { wsServer }),
    };
  }

  #enter(sdk: Sdk, room: Room): void {
    const events: NodeJS.EventEmitter = room;
    for (const change of changes) events.on(change, () => this.#look(room));
    room.on('disconnected', (_, error) => this.#lost(error));
    this.#publish(sdk, room);
    useQuality(
      () => receptionOf(room),
      (measured) => this.#tellQuality(room, measured),
    );
    this.#look(room);
  }

  #stopPublications(): void {
    for (const { publication } of this.#publications) publication.stop();
  }

  async #prepare(sdk: Sdk): Promise<LocalTrack[]> {
    const { camera, microphone } = this.#wanted;
    this.#publications = [
      { publication: new Publication(sdk, 'video'), wanted: camera },
      { publication: new Publication(sdk, 'audio'), wanted: microphone },
    ];
    const prepared = this.#publications.map(({ publication, wanted }) => publication.prepare(wanted.value));
    return (await Promise.all(prepared)).flat();
  }

  #publish(sdk: Sdk, room: Room): void {
    const failed = (error: unknown): void => this.#owner.setFailure(failureOf(error));
    for (const { publication, wanted } of this.#publications)
      watch(wanted, (now) => publication.set(room, now, failed), { immediate: true });
    watch(this.#owner.screen.track, (track, before) => this.#share(sdk, room, track, before), { immediate: true });
  }

  #share(sdk: Sdk, room: Room, track: MediaStreamTrack | null, before: MediaStreamTrack | null | undefined): void {
    if (room.state === 'disconnected') return;
    if (before) room.localParticipant.unpublishTrack(before);
    if (!track) return;
    const screen = new sdk.LocalVideoTrack(track, { name: screenName });
    room.localParticipant.publishTrack(screen, { priority: 'high' }).catch((error: unknown) => {
      this.#owner.setFailure(failureOf(error));
      this.#owner.screen.stop();
    });
  }

  #look(room: Room): void {
    if (this.#isClosed) return;
    const other = otherIn(room);
    this.#owner.otherIsThere(other !== null);
    this.#owner.setPresent(other !== null);
    if (!other) {
      this.#owner.setFarTracks({ audio: null, video: null });
      return this.#owner.setState('waiting');
    }
    const { media, tracks } = farSideOf(other);
    this.#owner.setFarMedia(media);
    this.#owner.setFarTracks(tracks);
    const isSteady = room.state === 'connected' && other.state === 'connected';
    this.#owner.setState(isSteady ? 'connected' : 'connecting');
  }

  #tellQuality(room: Room, measured: ReturnType<typeof qualityOfLevel>): void {
    const level = otherIn(room) && room.localParticipant.networkQualityLevel;
    this.#owner.setQuality(qualityOfLevel(level) ?? measured ?? 'unknown');
  }

  #lost(error: unknown): void {
    if (this.#isClosed) return;
    const reason = endOf(error);
    if (reason) return this.#owner.end(reason);
    this.#owner.setFailure(failureOf(error));
    this.#owner.renew();
  }
}

function wantedOf(media: LocalMedia): { camera: ComputedRef<Wanted>; microphone: ComputedRef<Wanted> } {
  return {
    camera: computed(() => ({ track: media.cameraTrack.value, isFlowing: media.cameraFlows.value })),
    microphone: computed(() => ({ track: media.microphoneTrack.value, isFlowing: media.microphoneFlows.value })),
  };
}

function otherIn(room: Room): RemoteParticipant | null {
  return [...room.participants.values()].find((one) => one.state !== 'disconnected') ?? null;
}
