import { expect, test } from 'vitest';
import { timeCommand } from './timed-command.ts';

const untouched = new AbortController().signal;

test('a command is timed from its start to its end', async () => {
  const took = await timeCommand([process.execPath, '-e', 'setTimeout(() => undefined, 50)'], untouched);
  expect(took).toBeGreaterThan(50);
});

test('a command that fails is told in its own words', async () => {
  const failing = "console.log('3 tests failed'); process.exit(1)";
  await expect(timeCommand([process.execPath, '-e', failing], untouched)).rejects.toThrow(
    '3 tests failed (exited with code 1)',
  );
});

test('a command ends when the signal says so', async () => {
  const controller = new AbortController();
  const running = timeCommand([process.execPath, '-e', 'setInterval(() => undefined, 1000)'], controller.signal);
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});

test('nothing is started after the signal', async () => {
  await expect(timeCommand(['/nowhere'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
