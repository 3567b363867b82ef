import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { wishOf, type Wish } from './arguments.ts';
import { findChromium, noChromium } from './browsers/find-chromium.ts';
import { summarise } from './summary.ts';

/** `npm run test:e2e`: finds a Chromium, then has Playwright tell the stories. */
const wish = wishOf(process.argv.slice(2));
if (findChromium() === null) {
  console.error(noChromium);
  process.exitCode = wish.mayBeLeftOut ? 0 : 1;
} else {
  process.exitCode = await tellStories(wish);
  if (wish.repeat > 0) console.log(summarise(path.resolve(import.meta.dirname, '../../report/e2e/results.json')));
}

function tellStories({ isFast, isForPictures, repeat, providers, rest }: Wish): Promise<number> {
  const require = createRequire(import.meta.url);
  const playwright = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  const args = [
    playwright,
    'test',
    '--config',
    path.join(import.meta.dirname, 'playwright.config.ts'),
    ...(isFast ? ['--grep', '@fast'] : []),
    ...(repeat > 0 ? ['stories/consultation', '--repeat-each', String(repeat)] : []),
    ...rest,
  ];
  const env = {
    ...process.env,
    DUET_E2E_PROVIDERS: providers.join(','),
    DUET_E2E_FAST: isFast ? '1' : '',
    DUET_E2E_PICTURES: isForPictures ? '1' : '',
  };
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
  // Ctrl-C reaches Playwright too, which stops what it started.
  process.on('SIGINT', () => undefined);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}
