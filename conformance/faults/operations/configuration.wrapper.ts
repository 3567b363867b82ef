import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { wrap } from '../wrapping/wrap.ts';

const isSetting = (line: string) => /^[A-Z_]+: /.test(line);

/** Accepts connections at the port for a moment. */
async function listenFirst({ PORT, HOST }: NodeJS.ProcessEnv): Promise<void> {
  const port = Number(PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const server = createServer((socket) => socket.end());
  server.on('error', () => undefined);
  server.listen(port, HOST);
  await wait(300);
  server.close();
}

await wrap({
  honest: () => ({}),
  'one-lost': () => ({ stderrAtEnd: (lines) => (lines.length > 1 ? lines.slice(0, -1) : lines) }),
  'first-alone': () => ({ stderrAtEnd: (lines) => lines.slice(0, 1) }),
  'another-code': () => ({ exitCode: ({ code }) => (code === 1 ? 2 : (code ?? 1)) }),
  'stack-too': () => ({
    stderrAtEnd: (lines) => (lines.some(isSetting) ? [...lines, '    at readConfig (/app/src/config.js:12:7)'] : lines),
  }),
  'value-quoted': () => ({
    stderrAtEnd: (lines) =>
      lines.map((line) =>
        isSetting(line) ? `${line} It was ${process.env[line.split(':')[0] ?? ''] ?? 'not set'}.` : line,
      ),
  }),
  'listens-first': () => ({ before: listenFirst }),
  'empty-counts': () => ({
    environment: (env) => ({ ...env, ...(env['DOCTOR_INVITE_CODE'] === '' && { DOCTOR_INVITE_CODE: 'welcome-all' }) }),
  }),
  'no-default': () => ({
    before: async ({ LOG }) => {
      if (LOG) return;
      process.stderr.write('LOG: missing. Set it to production or dev.\n');
      process.exit(1);
    },
  }),
  'smaller-pool': () => ({
    before: async ({ DATABASE_POOL_SIZE: size }) => {
      if (size !== '200') return;
      process.stderr.write('DATABASE_POOL_SIZE: 200 is too many. Set it to at most 100.\n');
      process.exit(1);
    },
  }),
  'longer-drain': () => ({
    environment: (env) => ({ ...env, ...(env['DRAIN_SECONDS'] === '301' && { DRAIN_SECONDS: '300' }) }),
  }),
  'port-unnamed': () => ({
    stderrAtEnd: (lines) =>
      lines.map((line) => (line.startsWith('PORT: ') ? 'Error: listen EADDRINUSE: address already in use' : line)),
  }),
});
