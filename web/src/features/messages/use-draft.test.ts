import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { useSession } from '../../api/session.ts';
import { writeSession, type SessionRecord } from '../../api/session-record.ts';
import { stubPage } from '../../testing/browser.ts';
import { useDraft } from './use-draft.ts';

const session = { id: 's-1', token: 't', account: { id: 'one' } } as unknown as SessionRecord;

beforeEach(() => {
  stubPage();
  logIn();
});

/** As a page does that is opened then. */
function logIn(): void {
  writeSession('a', session);
  setActivePinia(createPinia());
}

test('what was typed last is kept when the session is ended from elsewhere', async () => {
  const page = effectScope();
  const typed = page.run(() => useDraft('first'));
  if (typed) typed.draft.value = 'Half of a sente';
  await nextTick();
  useSession().tellRevoked('a', ['s-1']);
  page.stop();
  logIn();
  const later = effectScope();
  expect(later.run(() => useDraft('first'))?.draft.value).toBe('Half of a sente');
  later.stop();
});
