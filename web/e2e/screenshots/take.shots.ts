import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../browsers/launch.ts';
import { expect, test } from '../fixtures.ts';
import { placesFor, visit } from '../looks/places.ts';
import { furnishDemo } from './demo.ts';
import { hang } from './gallery.ts';
import { paste } from './montage.ts';
import { sitters, writePortrait } from './portrait.ts';
import { folder, nameDevices, shoot } from './shoot.ts';

test('every page is photographed', async ({ backend, enterAgain, openWindow }) => {
  test.setTimeout(600_000);
  rmSync(folder, { recursive: true, force: true });
  const films = mkdtempSync(path.join(tmpdir(), 'duet-portraits-'));
  const launch = (role: keyof typeof sitters) => {
    const film = path.join(films, `${role}.y4m`);
    writePortrait(film, sitters[role]);
    return launchBrowser({ film });
  };
  const [doctorBrowser, userBrowser] = await Promise.all([launch('doctor'), launch('user')]);
  const scene = await furnishDemo(backend);
  const { id } = scene.appointment;
  const [doctor, user] = [
    await enterAgain({ account: scene.accounts.doctor }, { browser: doctorBrowser }),
    await enterAgain({ account: scene.accounts.user }, { browser: userBrowser }),
  ];
  await nameDevices(user.page);

  const stranger = await (await openWindow('user', { browser: userBrowser })).newPage();
  const places = placesFor(doctor, scene.appointment, scene.cancelled);
  for (const place of places) {
    const page = place.isOpen ? stranger : user.page;
    await visit(page, place);
    if (place.name === 'lobby') await user.call.turnOnDevices();
    await shoot(page, place.name);
  }

  await user.call.open(id);
  await user.call.goIn();
  await expect(user.call.waitingRoom).toBeVisible();
  await shoot(user.page, 'waiting-room');
  await expect(doctor.page.getByTestId('call-notice')).toBeVisible();
  await shoot(doctor.page, 'notice');
  await doctor.call.open(id);
  await doctor.call.goIn();
  await expect(user.call.stage).toHaveAttribute('data-phase', 'connected');
  await expect(user.call.remoteVideo).toBeVisible();
  await expect(user.page.getByTestId('quality')).toHaveAttribute('data-quality', 'good');
  await shoot(user.page, 'call');
  await user.call.control('messages').click();
  await expect(user.conversation.field).toBeVisible();
  await shoot(user.page, 'call-messages');
  await doctor.call.control('end').click();
  await doctor.page.getByTestId('dialog-confirm').click();
  await user.call.expectEnded('ended');
  await shoot(user.page, 'summary');

  hang([...places.map(({ name }) => name), 'waiting-room', 'notice', 'call', 'call-messages', 'summary']);
  await paste(stranger, 'montage.laptop.light', { size: 'laptop', theme: 'light' });
  await paste(stranger, 'montage.phone.dark', { size: 'phone', theme: 'dark' });
  await Promise.all([doctorBrowser.close(), userBrowser.close()]);
  rmSync(films, { recursive: true, force: true });
});
