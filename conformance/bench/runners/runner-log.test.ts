import { describe, expect, test } from 'vitest';
import { percentilesOf } from '../loads/histogram.ts';
import { BEGAN_AT, range, runnerLog } from './runner-fixture.ts';
import { parseRunnerLog, readRunnerLog } from './runner-log.ts';

const log = runnerLog('0:1', range(1, 2000));
const lines = log.split('\n');
const parse = (text: string) => () => parseRunnerLog(text, 'pod.log');

describe("a runner's log", () => {
  test('gives what all of its virtual users saw', () => {
    const result = parseRunnerLog(log, 'pod.log');
    expect(result).toMatchObject({ beganAt: BEGAN_AT, sent: 2000, failures: 0, compared: 2, mismatches: 0 });
    expect(percentilesOf([result.fromSending])).toEqual({ p50: 1, p90: 1.8, p99: 1.98, max: 2 });
  });

  test('times from the intended start, which is earlier by the lag', () => {
    const seen = { started: 1, samples: [[0, 1.5, 500, 0] as [number, number, number, number]] };
    const { fromIntendedStart, fromSending, lag } = parseRunnerLog(runnerLog('0:1', [], { seen }), 'pod.log');
    expect([fromIntendedStart, fromSending, lag].map((text) => percentilesOf([text])?.max)).toEqual([2, 0.5, 1.5]);
  });

  test('tells the first answer that was not what it had to be', () => {
    const seen = { complaint: 'status 503 ' };
    expect(parseRunnerLog(runnerLog('0:1', [1], { seen }), 'pod.log').complaint).toBe('status 503 ');
  });
});

describe('what is no whole log of one runner is refused:', () => {
  test('a file that is not there', () => {
    expect(() => readRunnerLog('/nowhere/pod.log')).toThrow(
      "/nowhere/pod.log cannot be read: ENOENT: no such file or directory, open '/nowhere/pod.log'; keep a runner's log by kubectl logs",
    );
  });

  test.each([
    [''],
    ['<html></html>\n'],
    ['{"kind":"header","format":1}\n'],
    ['time="…" level=info msg="{\\"kind\\"…\n'],
  ])('another file: %j', (text) => {
    expect(parse(text)).toThrow('pod.log is no log of a runner: keep one by kubectl logs, with K6_LOG_FORMAT=raw');
  });

  test('one that ends before the load did', () => {
    expect(parse(`${lines[0]}\n`)).toThrow(
      'pod.log ends before the load did: keep its log again once the TestRun has finished',
    );
  });

  test('one that lacks a virtual user', () => {
    expect(parse(lines.slice(0, 3).join('\n'))).toThrow(
      'pod.log is cut short: 1 of 2 virtual users told; keep its log again once the TestRun has finished',
    );
  });

  test('one that ends within a line', () => {
    expect(parse(log.slice(0, log.indexOf('http_req') - 100))).toThrow(
      'pod.log, line 4 is cut off: keep its log again once the TestRun has finished',
    );
  });

  test('one whose first lines were rotated away', () => {
    expect(parse(lines.slice(1).join('\n'))).toThrow('pod.log has lost its first lines: a smaller load fits in a log');
  });

  test('the logs of two runners in one file', () => {
    expect(parse(log + log)).toThrow('pod.log is of more than one runner: keep the log of each in a file of its own');
  });
});
