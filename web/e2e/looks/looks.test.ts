import { expect, laptop, phone, test } from '../fixtures.ts';
import { expectAccessible } from './axe.ts';
import { furnish, placesFor, visit } from './places.ts';
import { expectTargets } from './targets.ts';

test('every page is accessible, light and dark', { tag: '@fast' }, async ({ enter, openWindow, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user')]);
  const { appointment, cancelled } = await furnish(backend, doctor, user);
  const stranger = await (await openWindow('user')).newPage();
  for (const place of placesFor(doctor, appointment, cancelled)) {
    const page = place.isOpen ? stranger : user.page;
    await visit(page, place);
    await expectAccessible(page, place.name);
  }
});

test('every page can be used with a thumb at 360 × 740', { tag: '@fast' }, async ({ enter, openWindow, backend }) => {
  const [doctor, user] = await Promise.all([enter('doctor'), enter('user', phone)]);
  const { appointment, cancelled } = await furnish(backend, doctor, user);
  const stranger = await (await openWindow('user', phone)).newPage();
  for (const place of placesFor(doctor, appointment, cancelled)) {
    const page = place.isOpen ? stranger : user.page;
    await visit(page, place);
    await expectTargets(page, place.name);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overhang, `${place.name} is no wider than the screen`).toBeLessThanOrEqual(0);
  }
});

test(
  'a call is accessible and fits a phone, from waiting to the summary',
  { tag: '@fast' },
  async ({ enter, backend }) => {
    const [doctor, user] = await Promise.all([enter('doctor', laptop), enter('user', phone)]);
    const { id } = await backend.book(user.login, doctor.login);
    await user.call.open(id);
    await user.call.goIn();
    await expect(user.call.waitingRoom).toBeVisible();
    await expectAccessible(user.page, 'waiting room');
    await expectTargets(user.page, 'waiting room');
    await expect(doctor.page.getByTestId('call-notice')).toBeVisible();
    await expectAccessible(doctor.page, 'notice of who waits');
    await doctor.call.open(id);
    await doctor.call.goIn();
    await Promise.all([doctor.call.expectConnected('blue'), user.call.expectConnected('red')]);
    for (const { page } of [doctor, user]) await expectAccessible(page, 'call');
    await expectTargets(user.page, 'call');
    await doctor.call.control('messages').click();
    await user.call.control('messages').click();
    for (const { page } of [doctor, user]) await expectAccessible(page, 'call with messages');
    await expectTargets(user.page, 'call with messages');
    await doctor.call.control('end').click();
    await expectAccessible(doctor.page, 'question before the end');
    await doctor.page.getByTestId('dialog-confirm').click();
    await user.call.expectEnded('ended');
    await expectAccessible(user.page, 'summary');
    await expectTargets(user.page, 'summary');
  },
);
