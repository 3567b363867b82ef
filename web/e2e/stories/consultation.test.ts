import { expect, test } from '../fixtures.ts';
import type { Credentials } from '../people/backend.ts';
import { Person } from '../people/person.ts';
import { expectSound, watchConnections } from '../views/picture.ts';
import { judgeTime } from '../tell.ts';
import { bookNextFreeTime, findDoctor, logIn, signUp } from './first-steps.ts';
import { countMediaRequests, mediaRequests } from './media-requests.ts';

/** From signing up to the messages after the call, on both backends, under each provider. */
for (const backendId of ['a', 'b'] as const) {
  test.describe(`backend ${backendId}`, { tag: '@fast' }, () => {
    test.use({ backendId });

    test('a user books, both talk, and the doctor ends the call', async ({ backend, openWindow }, testInfo) => {
      const label = `${testInfo.project.name} ${backendId}`;
      const doctorAccount = await backend.signUp('doctor');
      const open = async (account: Credentials): Promise<Person> => {
        const page = await (await openWindow(account.role)).newPage();
        await watchConnections(page);
        await countMediaRequests(page);
        return new Person(page, account);
      };
      const [doctor, user] = await Promise.all([open(doctorAccount), open(backend.invent('user'))]);
      const begun = performance.now();

      await test.step('the doctor logs in, a user signs up', async () => {
        await Promise.all([logIn(doctor), signUp(user)]);
      });
      await test.step('the user finds the doctor and books; the doctor is told without a reload', async () => {
        await findDoctor(user, doctor.name);
        await Promise.all([
          bookNextFreeTime(user),
          expect(doctor.page.getByText(`New appointment with ${user.name}`)).toBeVisible(),
          expect(doctor.page.getByRole('article').filter({ hasText: user.name })).toBeVisible(),
        ]);
      });
      await test.step('the lobby asks for no device by itself', async () => {
        await user.page.getByRole('link', { name: 'Join call' }).click();
        await expect(user.page.getByText('Your camera is off')).toBeVisible();
        expect(await mediaRequests(user.page)).toBe(0);
      });
      await test.step('the user waits, and the doctor is told who', async () => {
        await user.call.goIn();
        await expect(user.call.waitingRoom).toContainText(doctor.name);
        const notice = doctor.page.getByTestId('call-notice');
        await expect(notice).toContainText(`${user.name} is waiting for you`);
        await notice.getByRole('link', { name: 'Join' }).click();
        await expect(doctor.page.getByText('Your camera is off')).toBeVisible();
        expect(await mediaRequests(doctor.page)).toBe(0);
        await doctor.call.goIn();
      });
      await test.step('each sees and hears the other', async () => {
        await Promise.all([doctor.call.expectConnected('blue'), user.call.expectConnected('red')]);
        judgeTime(`${label}: from opening the page to both in the call`, performance.now() - begun, 60_000);
        await Promise.all([expectSound(doctor.page), expectSound(user.page)]);
      });
      await test.step('microphone and camera, off and on, are shown at the other side', async () => {
        await user.call.control('microphone').click();
        await expect(doctor.call.remoteMuted).toBeAttached();
        await user.call.control('microphone').click();
        await expect(doctor.call.remoteMuted).not.toBeAttached();
        await user.call.control('camera').click();
        await expect(doctor.call.remoteAvatar).toBeVisible();
        await expect(doctor.call.remoteVideo).not.toBeAttached();
        await user.call.control('camera').click();
        await doctor.call.expectPicture('blue');
      });
      await test.step('messages go both ways, counted until they are read', async () => {
        await user.call.control('messages').click();
        await user.conversation.write('Can you hear me well?');
        await expect(doctor.call.control('messages')).toHaveAccessibleName('Messages, 1 unread');
        await doctor.call.control('messages').click();
        await doctor.conversation.expectMessage('Can you hear me well?');
        await user.conversation.expectRead('Can you hear me well?');
        await doctor.conversation.write('Very well.');
        await user.conversation.expectMessage('Very well.');
      });
      await test.step('the user reloads and is back', async () => {
        const left = performance.now();
        await user.page.reload({ waitUntil: 'commit' });
        await user.call.expectConnected('red');
        judgeTime(`${label}: back in the call after a reload`, performance.now() - left, 3000);
        await doctor.call.expectConnected('blue');
      });
      await test.step('the doctor ends, and both get the summary', async () => {
        await doctor.call.control('end').click();
        await doctor.page.getByTestId('dialog-confirm').click();
        await Promise.all([doctor.call.expectEnded('ended'), user.call.expectEnded('ended')]);
        await expect(user.page.getByRole('heading', { name: 'The call has ended' })).toBeVisible();
      });
      await test.step('messages go on afterwards', async () => {
        await user.page.getByRole('link', { name: 'Read and write messages' }).click();
        await user.conversation.write('Thank you!');
        await doctor.page.getByRole('link', { name: 'Read and write messages' }).click();
        await doctor.conversation.expectMessage('Thank you!');
      });
    });
  });
}
