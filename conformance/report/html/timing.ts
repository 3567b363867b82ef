import { medianRatio, ratioInWords, type Timing } from '../measured.ts';
import type { Summary, Target } from '../summarise.ts';
import { duration } from '../text.ts';
import { markup, type Markup } from './markup.ts';
import { anchorOf } from './outcomes.ts';

const SHOWN = 12;

/** How long each rule's tests took, the slowest first. */
export function timing({ timings, targets }: Summary): Markup | null {
  const [slowest] = timings;
  if (!slowest) return null;
  const rows = timings.map((one) => row(one, targets, slowest.slowest));
  const hidden = rows.slice(SHOWN);
  const rest =
    hidden.length > 0
      ? markup`<details class="more"><summary>${hidden.length} more rules</summary><ol class="timings">${hidden}</ol></details>`
      : null;
  return markup`<section id="time" aria-labelledby="time-title">
<h2 id="time-title">Time by rule</h2>
<p class="quiet">What a rule's tests took together, waiting included: it tells where the run's time went, and is no benchmark.${ratioWords(timings, targets)}</p>
${targets.length > 1 ? legend(targets) : null}
<ol class="timings">${rows.slice(0, SHOWN)}</ol>${rest}
</section>`;
}

function ratioWords(timings: readonly Timing[], targets: readonly Target[]): string {
  const ratio = medianRatio(timings);
  if (ratio === null) return '';
  return ` The middle ratio ${targets.map(({ name }) => name).join(' : ')} is ${ratioInWords(ratio)}.`;
}

function legend(targets: readonly Target[]): Markup {
  const items = targets.map(
    ({ name }, index) => markup`<li><i class="bar bar-${index % 4}"></i> <bdi>${name}</bdi></li>`,
  );
  return markup`<ul class="legend">${items}</ul>`;
}

function row({ row: rule, ms, ratio }: Timing, targets: readonly Target[], slowest: number): Markup {
  const bars = ms.map((value, index) => {
    if (rule.cells[index]?.outcome === 'left out') return null;
    const name = targets[index]?.name ?? '';
    if (value === null)
      return markup`<div class="bar-line"><span class="spoken">${name}</span><span class="quiet">not tested</span></div>`;
    const width = Math.max(0.3, Math.round((value / slowest) * 1_000) / 10);
    return markup`<div class="bar-line"><span class="spoken">${name}</span><span class="track"><i class="bar bar-${index % 4}" style="width:${width}%"></i></span><span class="value">${duration(value)}</span></div>`;
  });
  const words = ratio === null ? null : markup`<span class="ratio">${ratioInWords(ratio)}</span>`;
  return markup`<li><a href="#${anchorOf(rule.id)}"><code>${rule.id}</code></a>${words}<div class="bars">${bars}</div></li>
`;
}
