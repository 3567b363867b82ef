import { expect, type Locator, type Page } from '@playwright/test';
import { expectMovingPicture, type ColourName } from './picture.ts';

type Control = 'microphone' | 'camera' | 'share' | 'messages' | 'devices' | 'end' | 'leave' | 'more';

/** The page of a call, from the lobby to the summary. */
export class CallView {
  readonly page: Page;
  readonly stage: Locator;
  readonly waitingRoom: Locator;
  readonly remoteVideo: Locator;
  readonly remoteAvatar: Locator;
  readonly remoteMuted: Locator;
  readonly ended: Locator;
  readonly join: Locator;

  constructor(page: Page) {
    this.page = page;
    this.stage = page.getByTestId('call-stage');
    this.waitingRoom = page.getByTestId('waiting-room');
    this.remoteVideo = page.getByTestId('remote-video');
    this.remoteAvatar = page.getByTestId('remote-avatar');
    this.remoteMuted = page.getByTestId('remote-muted');
    this.ended = page.getByTestId('call-ended');
    this.join = page.getByTestId('join');
  }

  open(appointmentId: string): Promise<unknown> {
    return this.page.goto(`/appointments/${appointmentId}/call`);
  }

  control(name: Control): Locator {
    return this.page.getByTestId(`control-${name}`);
  }

  async turnOnDevices(): Promise<void> {
    await this.page.getByRole('button', { name: 'Turn the microphone on' }).click();
    await this.page.getByRole('button', { name: 'Turn the camera on' }).click();
    await expect(this.page.getByRole('button', { name: 'Turn the microphone off' })).toBeVisible();
    await expect(this.page.getByRole('button', { name: 'Turn the camera off' })).toBeVisible();
  }

  /** From the lobby on, with camera and microphone. */
  async goIn(): Promise<void> {
    await this.turnOnDevices();
    await this.join.click();
    await expect(this.stage).toBeVisible();
  }

  async expectConnected(colour: ColourName): Promise<void> {
    // An assertion would look once a second by and by, too seldom for a time that is judged.
    const isConnected = () => document.querySelector('[data-testid="call-stage"]')?.matches('[data-phase="connected"]');
    await this.page.waitForFunction(isConnected, undefined, { polling: 50, timeout: 30_000 });
    await this.expectPicture(colour);
  }

  expectPicture(colour: ColourName): Promise<void> {
    return expectMovingPicture(this.remoteVideo, colour);
  }

  async expectEnded(reason: string): Promise<void> {
    await expect(this.ended).toHaveAttribute('data-reason', reason);
  }
}

/** Both of them in the call of an appointment, and each sees the other. */
export async function meet(appointmentId: string, doctor: CallView, user: CallView): Promise<void> {
  await Promise.all([doctor.open(appointmentId), user.open(appointmentId)]);
  await Promise.all([doctor.goIn(), user.goIn()]);
  await Promise.all([doctor.expectConnected('blue'), user.expectConnected('red')]);
}
