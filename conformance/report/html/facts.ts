import type { Summary } from '../summarise.ts';
import { bytes, count, duration } from '../text.ts';
import { markup, type Markup } from './markup.ts';

/** What somebody needs to run the same again, and to know what was judged. */
export function facts({ run, end, targets }: Summary): Markup {
  const { cpu, cores, memoryBytes, platform, node } = run.machine;
  const common: [string, string][] = [
    ['Command', run.command],
    ['Seed', String(run.seed)],
    ['Contract', run.contractVersion],
    ['Started', run.startedAt],
    ['Finished', `${end.finishedAt} (${duration(end.ms)}, exit code ${end.exitCode})`],
    ['Machine', `${cpu}, ${count(cores, 'core')}, ${bytes(memoryBytes)} memory`],
    ['System', `${platform}, Node.js ${node.replace(/^v/u, '')}`],
    ['Run', run.id],
  ];
  const ofTargets = targets.map(({ name, urls, meta }): [string, string] => {
    const clock = meta.conformanceClock ? 'clock on' : 'clock off';
    return [
      name,
      [urls.join(', '), meta.service, meta.framework, meta.orm, meta.runtime, meta.videoProvider, clock].join(' · '),
    ];
  });
  const items = [...common, ...ofTargets].map(
    ([label, value]) => markup`<div><dt><bdi>${label}</bdi></dt><dd>${value}</dd></div>`,
  );
  return markup`<section id="run" aria-labelledby="run-title"><h2 id="run-title">The run</h2><dl class="facts">${items}</dl></section>`;
}
