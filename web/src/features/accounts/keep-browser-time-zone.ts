import { call, useApi } from '../../api/client.ts';
import type { TimeZone } from '../../api/schema.ts';
import { useSession } from '../../api/session.ts';

/** A new account begins in UTC: the browser knows better. A zone that the backend does not know is left alone. */
export async function keepBrowserTimeZone(): Promise<void> {
  const session = useSession();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone as TimeZone;
  if (!session.account || session.account.timeZone === timeZone) return;
  const kept = await call(useApi().client.PATCH('/v1/me', { body: { timeZone } })).catch(() => null);
  if (kept) session.updateAccount(kept);
}
