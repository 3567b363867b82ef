import { test as base, type Browser, type BrowserContext, type BrowserContextOptions } from '@playwright/test';
import { launchBrowser } from './browsers/launch.ts';
import { Backend, type Credentials, type Login } from './people/backend.ts';
import { Person } from './people/person.ts';
import { stackOf, type BackendId, type Provider, type Stack } from './stack/stack.ts';

export { expect } from '@playwright/test';

export type Settings = { provider: Provider; backendId: BackendId };
type Opening = Omit<BrowserContextOptions, 'storageState'> & {
  browser?: Browser;
  /** A login that the window has already. */
  login?: Login;
};
type Entering = Opening & { path?: string };
type Fixtures = {
  stack: Stack;
  backend: Backend;
  /** A browser window without anybody logged in. */
  openWindow(of: 'doctor' | 'user', options?: Opening): Promise<BrowserContext>;
  /** Somebody new with an account, logged in, in a window of their own. */
  enter(role: 'doctor' | 'user', options?: Entering): Promise<Person>;
  /** The same person in one more window. */
  enterAgain(person: Pick<Person, 'account'>, options?: Entering): Promise<Person>;
};
/** The doctor's camera is red, the user's blue. */
type Browsers = { browsers: Record<'doctor' | 'user', Browser> };

export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
export const laptop = { viewport: { width: 1280, height: 800 } };

export const test = base.extend<Settings & Fixtures, Browsers>({
  provider: ['peer', { option: true }],
  backendId: ['a', { option: true }],
  stack: async ({ provider }, use) => use(stackOf(provider)),
  backend: async ({ stack, backendId }, use) => use(new Backend(stack, backendId)),
  browsers: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const [doctor, user] = await Promise.all([launchBrowser('red'), launchBrowser('blue')]);
      await use({ doctor, user });
      await Promise.all([doctor.close(), user.close()]);
    },
    { scope: 'worker' },
  ],
  openWindow: async ({ browsers, stack, backendId }, use, testInfo) => {
    const opened: BrowserContext[] = [];
    const log: string[] = [];
    await use(async (of, { browser = browsers[of], login, ...options } = {}) => {
      const localStorage = [
        { name: 'duet.backend', value: backendId },
        ...(login ? [{ name: `duet.session.${backendId}`, value: JSON.stringify(login) }] : []),
      ];
      const storageState = { cookies: [], origins: [{ origin: stack.origin, localStorage }] };
      const context = await browser.newContext({ ...contextOptions(stack, options), storageState });
      listenTo(context, of, log);
      opened.push(context);
      return context;
    });
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('what the browsers said', { body: log.join('\n'), contentType: 'text/plain' });
    await Promise.all(opened.map((context) => context.close()));
  },
  enter: async ({ backend, openWindow }, use) => {
    await use(async (role, options) => {
      const account = await backend.signUp(role);
      return seat(account, await backend.logIn(account), openWindow, options);
    });
  },
  enterAgain: async ({ backend, openWindow }, use) => {
    await use(async ({ account }, options) => seat(account, await backend.logIn(account), openWindow, options));
  },
});

/** Read only when a story failed. */
function listenTo(context: BrowserContext, of: string, log: string[]): void {
  const note = (words: string): void => void log.push(`${new Date().toISOString()} ${of}: ${words}`);
  context.on('console', (message) => note(message.text()));
  context.on('weberror', (failure) => note(failure.error().stack ?? failure.error().message));
  context.on('requestfailed', (request) => note(`${request.url()} ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
}

function contextOptions({ origin }: Stack, options: BrowserContextOptions): BrowserContextOptions {
  return { baseURL: origin, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...laptop, ...options };
}

async function seat(
  account: Credentials,
  login: Login,
  openWindow: Fixtures['openWindow'],
  { path = '/', ...options }: Entering = {},
): Promise<Person> {
  const context = await openWindow(account.role, { login, ...options });
  const page = await context.newPage();
  await page.goto(path);
  return new Person(page, account, login);
}
