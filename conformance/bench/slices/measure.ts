import type { Client } from 'pg';
import { quantile } from '../statistics/bootstrap.ts';
import { databaseMs } from '../probes/connections.ts';
import { processorMs } from '../probes/processor-time.ts';
import type { CpuMs, Latency, ScenarioName, Slice } from '../study/records.ts';
import type { Sighting } from '../k6/scenarios/order.ts';
import type { RunningSubject } from '../subjects.ts';
import type { Generator } from './generator.ts';
import { shuffled } from './interleaving.ts';

export type Instruments = { generator: Generator; administrator: Client; random: () => number };

/** How much load: so many rounds, in each of which every server has one burst. */
export type Amount = { rounds: number; burstMs: number };

export type Measured = Pick<
  Slice,
  'durationMs' | 'requests' | 'failures' | 'compared' | 'mismatches' | 'cpu' | 'latency'
> & {
  /** Writes that were acknowledged, by virtual user. */
  acknowledged: number[];
  /** The first answer that was not what it had to be, in words. */
  complaint: string | null;
};

/** A subject under load, and the name of its world at the desk. */
export type Loaded = { subject: RunningSubject; world: string };

/**
 * One slice of load on all subjects, by turns in bursts: what it cost their processes, and what the generator saw. Bursts
 * are so short that whatever the machine does meanwhile meets all subjects, and so long that each has it for itself.
 */
export async function measure(
  { generator, administrator, random }: Instruments,
  loaded: Loaded[],
  scenario: ScenarioName,
  { rounds, burstMs }: Amount,
): Promise<Measured[]> {
  const read = async (): Promise<CpuMs[]> => {
    const cpu: CpuMs[] = [];
    for (const { subject } of loaded) {
      const database = await databaseMs(administrator, subject.database);
      cpu.push({ database, server: processorMs(subject.process.pid), generator: processorMs(generator.pid) });
    }
    return cpu;
  };
  const servers = loaded.map(({ subject, world }) => ({ url: subject.process.url, world }));
  const places = servers.map((_, place) => place);
  const bursts = Array.from({ length: rounds }, () => shuffled(places, random)).flat();
  const before = await read();
  const seen = await generator.fulfil({ kind: 'load', scenario, servers, bursts, burstMs });
  const after = await read();
  return loaded.map((_, index) => {
    const sightings = seen.flatMap((ofServers) => ofServers[index] ?? []);
    return {
      durationMs: rounds * burstMs,
      cpu: spent(before[index], after[index], loaded.length),
      ...summed(sightings),
    };
  });
}

function summed(sightings: Sighting[]): Omit<Measured, 'durationMs' | 'cpu'> {
  const sum = (of: 'failures' | 'compared' | 'mismatches'): number =>
    sightings.reduce((total, sighting) => total + sighting[of], 0);
  const micros = sightings.flatMap((sighting) => sighting.micros);
  return {
    requests: micros.length,
    failures: sum('failures'),
    compared: sum('compared'),
    mismatches: sum('mismatches'),
    latency: latencyOf(micros),
    acknowledged: sightings.map(({ acknowledged }) => acknowledged),
    complaint: sightings.find(({ complaint }) => complaint !== null)?.complaint ?? null,
  };
}

/** The generator works for all servers alike. */
function spent(before: CpuMs | undefined, after: CpuMs | undefined, servers: number): CpuMs {
  const of = (whose: keyof CpuMs): number => (after?.[whose] ?? 0) - (before?.[whose] ?? 0);
  return {
    server: rounded(of('server')),
    database: rounded(of('database')),
    generator: rounded(of('generator') / servers),
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
