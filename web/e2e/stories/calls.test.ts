import type { Browser } from '@playwright/test';
import { stubScreen } from '../../src/call/browser/stubs.ts';
import { launchBrowser, type Camera } from '../browsers/launch.ts';
import { expect, phone, test } from '../fixtures.ts';
import { openStreams, replicasOf } from '../stack/replicas.ts';
import { meet } from '../views/call-view.ts';
import { expectSound, watchConnections } from '../views/picture.ts';
import { openTab } from './another-tab.ts';

test('a second tab asks before it takes the call over', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await meet(id, doctor.call, user.call);
  const second = await openTab(user);
  await second.call.open(id);
  await second.call.turnOnDevices();
  await second.call.join.click();
  await expect(second.page.getByTestId('join-obstacle')).toContainText('The call is open in another tab');
  await user.call.expectConnected('red');
  await second.page.getByRole('button', { name: 'Take over here' }).click();
  await user.call.expectEnded('other-tab');
  await Promise.all([second.call.expectConnected('red'), doctor.call.expectConnected('blue')]);
});

test('another device takes the call over, and gives it back', async ({ enter, enterAgain, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await meet(id, doctor.call, user.call);
  const device = await enterAgain(user, { ...phone, path: `/appointments/${id}/call` });
  await device.call.goIn();
  await user.call.expectEnded('superseded');
  await expect(user.page.getByText('The call goes on at another device')).toBeVisible();
  await Promise.all([device.call.expectConnected('red'), doctor.call.expectConnected('blue')]);
  await user.page.getByTestId('use-here').click();
  await device.call.expectEnded('superseded');
  await Promise.all([user.call.expectConnected('red'), doctor.call.expectConnected('blue')]);
});

test('the screen is shown to the other side, then the camera again', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  await stubScreen(user.page);
  const { id } = await backend.book(user.login, doctor.login);
  await meet(id, doctor.call, user.call);
  await user.call.control('share').click();
  await expect(doctor.page.getByTestId('remote-name')).toContainText('shows the screen');
  await doctor.call.expectPicture('green');
  await user.call.control('share').click();
  await doctor.call.expectPicture('blue');
  await expect(doctor.page.getByTestId('remote-name')).not.toContainText('shows the screen');
});

test('the network is pulled: the call comes back, and what was written arrives once', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await meet(id, doctor.call, user.call);
  await Promise.all([user.call.control('messages').click(), doctor.call.control('messages').click()]);
  await expect(user.conversation.field).toBeVisible();
  await user.page.context().setOffline(true);
  await user.conversation.write('First, without a network');
  await user.conversation.write('Second, without a network');
  await expect(user.conversation.waiting('Second, without a network')).toContainText('Waits for a connection');
  await user.page.context().setOffline(false);
  await doctor.conversation.expectMessage('First, without a network');
  await doctor.conversation.expectMessage('Second, without a network');
  await expect(user.conversation.waiting('without a network')).toHaveCount(0);
  await Promise.all([doctor.call.expectConnected('blue'), user.call.expectConnected('red')]);
});

test('the replica with the event stream is killed: call and messages go on', async ({ enter, backend, stack }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  await watchConnections(user.page);
  const { id } = await backend.book(user.login, doctor.login);
  await meet(id, doctor.call, user.call);
  const replicas = replicasOf(stack, backend.id);
  const streams = await Promise.all(replicas.map(openStreams));
  const busiest = replicas[streams.indexOf(Math.max(...streams))];
  if (!busiest) throw new Error('the stack names no replica');
  process.kill(busiest.pid, 'SIGKILL');
  await user.call.control('messages').click();
  await user.conversation.write('Are you still there?');
  await expect(doctor.call.control('messages')).toHaveAccessibleName('Messages, 1 unread');
  await doctor.call.control('messages').click();
  await doctor.conversation.expectMessage('Are you still there?');
  await Promise.all([doctor.call.expectConnected('blue'), user.call.expectConnected('red')]);
  await expectSound(user.page);
});

test('keys work in a call, and rest while somebody types', async ({ enter, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { id } = await backend.book(user.login, doctor.login);
  await user.call.open(id);
  await user.call.goIn();
  await expect(user.call.control('microphone')).toHaveAccessibleName('Mute');
  await user.page.keyboard.press('m');
  await expect(user.call.control('microphone')).toHaveAccessibleName('Unmute');
  await user.page.keyboard.press('c');
  await user.conversation.field.click();
  await user.page.keyboard.type('mvs? L');
  await expect(user.conversation.field).toHaveValue('mvs? L');
  await expect(user.call.control('microphone')).toHaveAccessibleName('Unmute');
  await expect(user.call.stage).toBeVisible();
});

const troubles: [Camera, string, RegExp][] = [
  ['denied', 'refused', /may not use your camera.*switch Camera and Microphone on/],
  ['none', 'not there', /No camera was found.*Plug it in/],
];
for (const [camera, words, advice] of troubles) {
  test.describe(`a camera that is ${words}`, () => {
    let browser: Browser;
    test.beforeAll(async () => {
      browser = await launchBrowser(camera);
    });
    test.afterAll(() => browser.close());

    test('is explained, and the call is possible without', async ({ enter, backend }) => {
      const [doctor, user] = await Promise.all([enter('doctor'), enter('user', { browser })]);
      const { id } = await backend.book(user.login, doctor.login);
      await user.call.open(id);
      await user.page.getByRole('button', { name: 'Turn the camera on' }).click();
      await expect(user.page.getByRole('alert')).toHaveText(advice);
      await expect(user.page.getByRole('button', { name: 'Try again' })).toBeVisible();
      await user.page.getByRole('button', { name: 'Join to listen only' }).click();
      await expect(user.call.waitingRoom).toBeVisible();
      await doctor.call.open(id);
      await doctor.call.goIn();
      await expect(doctor.call.remoteAvatar).toContainText('camera is off');
      await user.call.expectConnected('red');
    });
  });
}
