import type { LocalAudioTrack, LocalVideoTrack, Room } from 'twilio-video';
import { inTurns } from '../turns.ts';
import type { Sdk } from './sdk.ts';

type Published = LocalAudioTrack | LocalVideoTrack;
export type Wanted = { track: MediaStreamTrack | null; isFlowing: boolean };

/**
 * The camera or the microphone in the room. It is published at its first use; from then on the track in it is
 * exchanged, and off is told by `disable`: no new offer for either. The SDK gets clones, since it stops what it is
 * given, and tells a change only when it made it itself.
 */
export class Publication {
  readonly #sdk: Sdk;
  readonly #kind: 'audio' | 'video';
  readonly #turns = inTurns();
  #published: Published | null = null;
  /** What the published clone was made of. */
  #source: MediaStreamTrack | null = null;

  constructor(sdk: Sdk, kind: 'audio' | 'video') {
    this.#sdk = sdk;
    this.#kind = kind;
  }

  /** What to enter the room with: published on entry it needs no second offer. */
  async prepare({ track, isFlowing }: Wanted): Promise<Published[]> {
    if (!track) return [];
    const published = await this.#make(track);
    published.enable(isFlowing);
    return [published];
  }

  /** Brings the room to what is wanted, one change after the other. */
  set(room: Room, { track, isFlowing }: Wanted, onFailed: (error: unknown) => void): void {
    void this.#turns(async () => {
      if (room.state === 'disconnected') return;
      try {
        await this.#change(room, track);
        this.#published?.enable(track !== null && isFlowing);
      } catch (error) {
        onFailed(error);
      }
    });
  }

  stop(): void {
    this.#published?.stop();
  }

  async #change(room: Room, track: MediaStreamTrack | null): Promise<void> {
    if (track === this.#source) return;
    if (track === null) {
      this.#source = null;
      this.#published?.disable();
      this.#published?.stop();
    } else if (this.#published) {
      this.#source = track;
      await this.#published.restart();
    } else await room.localParticipant.publishTrack(await this.#make(track));
  }

  async #make(track: MediaStreamTrack): Promise<Published> {
    this.#source = track;
    const settings = { workaroundWebKitBug1208516: false };
    // `restart` asks this function again: that is how another camera gets into the same publication.
    const [made] = await this.#sdk.createLocalTracks({
      audio: this.#kind === 'audio' && { ...settings, defaultDeviceCaptureMode: 'manual' },
      video: this.#kind === 'video' && settings,
      getUserMedia: () => Promise.resolve(this.#clone()),
    });
    if (!made || made.kind === 'data') throw new Error(`no ${this.#kind} track was made`);
    this.#published = made;
    return made;
  }

  #clone(): MediaStream {
    return new MediaStream(this.#source ? [this.#source.clone()] : []);
  }
}
