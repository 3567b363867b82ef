import type { Client } from 'pg';
import { quantile } from '../statistics/bootstrap.ts';
import { databaseMs } from '../probes/connections.ts';
import { processorMs } from '../probes/processor-time.ts';
import type { CpuMs, Latency, ScenarioName, Slice } from '../study/records.ts';
import type { RunningSubject } from '../subjects.ts';
import type { Generator } from './generator.ts';

export type Instruments = { generator: Generator; administrator: Client };

/** How much load: for so long, by so many connections. */
export type Amount = { durationMs: number; connections: number };

export type Measured = Pick<
  Slice,
  'connections' | 'durationMs' | 'requests' | 'failures' | 'compared' | 'mismatches' | 'cpu' | 'latency'
> & {
  /** Writes that were acknowledged, by virtual user. */
  acknowledged: number[];
  /** The first answer that was not what it had to be, in words. */
  complaint: string | null;
};

/** One slice of load on one subject: what it cost the processes, and what the generator saw. */
export async function measure(
  { generator, administrator }: Instruments,
  subject: RunningSubject,
  world: string,
  scenario: ScenarioName,
  { durationMs, connections }: Amount,
): Promise<Measured> {
  const read = async (): Promise<CpuMs> => ({
    database: await databaseMs(administrator, subject.database),
    server: processorMs(subject.process.pid),
    generator: processorMs(generator.pid),
  });
  const before = await read();
  const order = { kind: 'load' as const, scenario, url: subject.process.url, world, durationMs, connections };
  const seen = await generator.fulfil(order);
  const after = await read();
  const sum = (of: 'failures' | 'compared' | 'mismatches'): number =>
    seen.sightings.reduce((total, sighting) => total + sighting[of], 0);
  const micros = seen.sightings.flatMap((sighting) => sighting.micros);
  return {
    connections,
    durationMs: rounded(seen.durationMs),
    requests: micros.length,
    failures: sum('failures'),
    compared: sum('compared'),
    mismatches: sum('mismatches'),
    cpu: {
      server: rounded(after.server - before.server),
      database: rounded(after.database - before.database),
      generator: rounded(after.generator - before.generator),
    },
    latency: latencyOf(micros),
    acknowledged: seen.sightings.map(({ acknowledged }) => acknowledged),
    complaint: seen.sightings.find(({ complaint }) => complaint !== null)?.complaint ?? null,
  };
}

function latencyOf(micros: readonly number[]): Latency {
  const sorted = Float64Array.from(micros).sort();
  const at = (share: number): number => rounded(quantile(sorted, share) / 1000);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** To microseconds: the records are kept, and nothing finer is measured. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
