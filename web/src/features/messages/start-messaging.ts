import { onLogout } from '../../api/logout.ts';
import { useOutbox } from './outbox.ts';
import { forget, ownerKey } from './own-storage.ts';
import { useReadMarks } from './read-marks.ts';
import { useUnread } from './unread.ts';

/** What goes on whichever page is open: counting, sending what waits, and noting what the others have read. */
export function startMessaging(): void {
  useUnread();
  useOutbox();
  useReadMarks();
  onLogout((by) => {
    const owner = ownerKey();
    if (owner && by === 'here') forget(owner);
  });
}
