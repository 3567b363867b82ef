import type { TrialRun } from './results.ts';
import type { Trial } from './trials.ts';

/** What the runs of a trial show so far, in words, and whether every demand is met. */
export function tell({ name, demands }: Trial, runs: TrialRun[]): { text: string; isMet: boolean } {
  const lines = demands.map(({ sentence, of, isMet }) => {
    const met = runs.filter(({ comparisons }) => isMet(comparisons)).length;
    return { words: `${met} of ${runs.length} (at least ${of}): ${sentence}`, isMet: met >= of };
  });
  const ratios = runs
    .flatMap(({ comparisons }) => comparisons.map(({ ratio }) => ratio.estimate))
    .toSorted((a, b) => a - b);
  const range = `ratios from ${ratios[0]?.toFixed(3)} to ${ratios.at(-1)?.toFixed(3)}`;
  return {
    text: [name, ...lines.map(({ words }) => `  ${words}`), `  ${range}`].join('\n'),
    isMet: lines.every((line) => line.isMet),
  };
}
