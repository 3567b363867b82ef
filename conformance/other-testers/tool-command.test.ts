import { expect, test } from 'vitest';
import { runTool } from './tool-command.ts';

const options = {
  cwd: import.meta.dirname,
  env: { GIVEN: 'yes' },
  limitMs: 20_000,
  signal: new AbortController().signal,
};
const script = (text: string): string[] => ['sh', '-c', text];

test('a tool is told what it is given, and its output is both streams', async () => {
  const { code, output, isOverTime } = await runTool(script('echo $GIVEN $VITEST; echo more >&2; exit 3'), options);
  expect({ code, isOverTime, lines: output.split('\n').toSorted() }).toEqual({
    code: 3,
    isOverTime: false,
    lines: ['', 'more', 'yes'],
  });
});

test('a tool that takes too long is ended with all that it started', async () => {
  const { isOverTime, seconds } = await runTool(script('sleep 30 & sleep 30'), { ...options, limitMs: 200 });
  expect(isOverTime).toBe(true);
  expect(seconds).toBeLessThan(15);
});

test('a tool that is not there says so', async () => {
  expect(await runTool(['/no/such/tool'], options)).toMatchObject({ code: 127, isOverTime: false });
});

test('a tool ends when the signal says so', async () => {
  const controller = new AbortController();
  const run = runTool(script('sleep 30'), { ...options, signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(run).rejects.toThrow('enough');
});
