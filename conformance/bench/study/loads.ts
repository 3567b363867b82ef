import { bootstrap } from '../statistics/bootstrap.ts';
import { percentilesOf } from '../loads/histogram.ts';
import type { FanOut, Load } from './records.ts';
import type {
  CapacityPoint,
  Cell,
  CurvePoint,
  FanOutCell,
  Frozen,
  Interval,
  Percentiles,
  ServiceLoad,
} from './study.ts';

type Open = Load & { loop: { kind: 'open' } };
type OfKnee = Load & { loop: { kind: 'open'; share: number } };
type Closed = Load & { loop: { kind: 'closed' } };

/** The open loops at shares of the floor's knee: of all blocks together, since their rates differ only as the knees do. */
export function curvesOf(loads: readonly Load[]): CurvePoint[] {
  const own = loads.filter((load): load is OfKnee => isCurve(load) && load.loop.share !== null);
  return grouped(own, ({ scenario, subject, loop }) => [scenario, subject, loop.share]).map((cells) => {
    const [{ scenario, subject, loop }] = cells;
    const rates = cells.map((cell) => cell.loop.ratePerSecond);
    const ratePerSecond = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    return { scenario, subject, share: loop.share, ratePerSecond, cell: percentiles(cells) };
  });
}

/** The open loops that several machines sent, each by itself. */
export function servicesOf(loads: readonly Load[]): ServiceLoad[] {
  return loads.filter(isCurve).flatMap((load) => {
    const { scenario, subject, runners, loop, durationMs, sent, compared } = load;
    if (runners === undefined) return [];
    const about = { scenario, subject, runners, ratePerSecond: loop.ratePerSecond, durationMs, sent, compared };
    return [{ ...about, cell: percentiles([load]) }];
  });
}

/** The closed loops by their connections. */
export function capacityOf(loads: readonly Load[], seed: number): CapacityPoint[] {
  const own = loads.filter((load): load is Closed => load.purpose === 'capacity' && load.loop.kind === 'closed');
  return grouped(own, ({ scenario, subject, loop }) => [scenario, subject, loop.connections]).map((cells) => {
    const [{ scenario, subject, loop }] = cells;
    const overBlocks = (of: (cell: Closed) => number): Interval =>
      bootstrap(
        cells.map((cell) => [Math.log(of(cell))]),
        seed,
      ).interval;
    const invalid = invalidityOf(cells);
    const cell = invalid
      ? { invalid }
      : {
          requestsPerSecond: overBlocks(({ sent, durationMs }) => (sent / durationMs) * 1000),
          serverCpuMs: overBlocks(({ sent, cpu }) => cpu.server / sent),
        };
    return { scenario, subject, connections: loop.connections, cell };
  });
}

/** The same pauses, by both loops. */
export function frozenOf(loads: readonly Load[]): Frozen[] {
  const own = loads.filter(({ purpose }) => purpose === 'frozen server');
  return grouped(own, ({ scenario, subject }) => [scenario, subject]).map((cells) => {
    const [{ scenario, subject, frozen }] = cells;
    const of = (kind: Load['loop']['kind']): Cell<Percentiles> =>
      percentiles(cells.filter(({ loop }) => loop.kind === kind));
    return { scenario, subject, frozenMs: frozen?.ms ?? null, open: of('open'), closed: of('closed') };
  });
}

/** All blocks together; what did not come is told beside the times of what did. */
export function fanOutOf(cells: readonly FanOut[]): FanOutCell[] {
  return [...Map.groupBy(cells, ({ subject, streams }) => `${subject} ${streams}`).values()].map((own) => {
    const sum = (of: (cell: FanOut) => number): number => own.reduce((total, cell) => total + of(cell), 0);
    const counts = {
      expected: sum(({ expected }) => expected),
      delivered: sum(({ delivered }) => delivered),
      doubled: sum(({ doubled }) => doubled),
    };
    const [{ subject, streams }] = own as [FanOut, ...FanOut[]];
    const times = percentilesOf(own.map(({ delivery }) => delivery));
    const invalid = invalidityOf(own.map((cell) => ({ ...cell, sent: cell.writes, mismatches: 0 })));
    if (invalid || !times) return { subject, streams, ...counts, cell: { invalid: invalid ?? 'nothing was told' } };
    const serverCpuMsAnEvent = sum(({ cpu }) => cpu.server) / counts.delivered;
    const bytes = sum(({ residentBytes }) => residentBytes) / own.length;
    return { subject, streams, ...counts, cell: { ...times, serverCpuMsAnEvent, residentBytes: bytes } };
  });
}

function isCurve(load: Load): load is Open {
  return load.purpose === 'curve' && load.loop.kind === 'open';
}

function percentiles(cells: readonly Load[]): Cell<Percentiles> {
  const invalid = invalidityOf(cells);
  if (invalid) return { invalid };
  return (
    percentilesOf(cells.map(({ fromIntendedStart }) => fromIntendedStart)) ?? { invalid: 'no request was answered' }
  );
}

/** One cell of a block that does not count takes the others with it: they would tell of the blocks that went well. */
function invalidityOf(cells: readonly Pick<Load, 'sent' | 'dropped' | 'failures' | 'mismatches'>[]): string | null {
  const sum = (of: 'dropped' | 'failures' | 'mismatches'): number => cells.reduce((total, cell) => total + cell[of], 0);
  const [dropped, failures, mismatches] = [sum('dropped'), sum('failures'), sum('mismatches')];
  if (mismatches > 0) return `${mismatches} answers differed`;
  if (failures > 0) return `${failures} requests failed`;
  if (dropped > 0) return `${dropped} requests dropped`;
  return cells.some(({ sent }) => sent === 0) ? 'no request was sent' : null;
}

function grouped<One extends Load>(cells: readonly One[], key: (cell: One) => unknown[]): [One, ...One[]][] {
  return [...Map.groupBy(cells, (cell) => key(cell).join(' ')).values()] as [One, ...One[]][];
}
