import type { Admitted } from '../admit.ts';
import type { Part, Study } from '../study.ts';
import { comparisonsOf } from './pairs.ts';

const HAS: Record<Part, (study: Study) => boolean> = {
  'latency curves': ({ curves }) => curves.length > 0,
  'throughput by concurrency': ({ capacity }) => capacity.length > 0,
  statements: ({ statements }) => statements.length > 0,
  memory: ({ memory }) => memory.length > 0,
  'cold start': ({ starts }) => starts.length > 0,
  'fan-out': ({ fanOut }) => fanOut.length > 0,
  spike: ({ timelines }) => timelines.some(({ scenario }) => scenario === 'spike'),
  soak: ({ timelines }) => timelines.some(({ scenario }) => scenario === 'soak'),
  'frozen server': ({ frozen }) => frozen.length > 0,
  'node versions': (study) => comparisonsOf(study, 'node', 'server-cpu').length > 0,
  'cost of ownership': ({ facts }) => facts.length > 0,
};

export function isMeasured(study: Admitted, part: Part): boolean {
  return HAS[part](study);
}

/** Why a part has no numbers. */
export function absence({ header, notMeasured }: Study, part: Part): string {
  const told = notMeasured.find((one) => one.part === part)?.reason;
  if (told) return told;
  return header.profile !== 'full' ? 'it belongs to the full profile' : 'the run left no valid record of it';
}

/** What is missing, by the reason: the parts that have no place of their own on the page, and whatever else was told. */
export function absences(study: Admitted): { reason: string; parts: string[] }[] {
  const parts = (Object.keys(HAS) as Part[]).filter((part) => !isMeasured(study, part));
  const placeless = ['full', 'load'].includes(study.header.profile) ? [] : parts;
  const others = study.notMeasured.filter(({ part }) => !(part in HAS));
  const all = [
    ...placeless.map((part) => ({ part: part as string, reason: absence(study, part) })),
    ...others.map(({ part, reason }) => ({ part, reason })),
  ];
  return [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, group]) => ({
    reason,
    parts: group.map(({ part }) => part),
  }));
}
