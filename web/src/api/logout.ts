import { onScopeDispose } from 'vue';

/** here: in this browser, in any tab; elsewhere: on another device, or by the backend. */
export type EndedBy = 'here' | 'elsewhere';
type Handler = (by: EndedBy) => unknown;
type Ending = { backendId: string; sessionId: string };

const handlers = new Set<Handler>();
const patienceMs = 1500;
/** Long enough for other tabs to say goodbye to their calls before the token is revoked. */
const otherTabsMs = 300;

/**
 * Called in every tab when its session ends: here, in another tab, or revoked from elsewhere. While a handler's promise
 * is pending the token still works (1.5 s at most) unless it was revoked from elsewhere. Ends with the scope.
 */
export function onLogout(handler: Handler): void {
  handlers.add(handler);
  onScopeDispose(() => handlers.delete(handler));
}

/** Runs this tab's handlers; one that fails does not keep the others from running. */
export async function runLogoutHandlers(by: EndedBy): Promise<void> {
  const work = [...handlers].map(async (handler) => handler(by));
  await Promise.race([Promise.allSettled(work), pause(patienceMs)]);
}

/** Tells the other tabs that a session is about to end, and gives them a moment. */
export async function announceEnding(channel: BroadcastChannel, ending: Ending): Promise<void> {
  channel.postMessage(ending);
  await Promise.all([runLogoutHandlers('here'), pause(otherTabsMs)]);
}

export function isEnding(value: unknown): value is Ending {
  return typeof value === 'object' && value !== null && 'backendId' in value && 'sessionId' in value;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
