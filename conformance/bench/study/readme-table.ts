import { admit } from './admit.ts';
import type { Comparison, Study } from './study.ts';
import { ratio, span } from './words/figures.ts';
import { comparisonsOf } from './words/pairs.ts';
import { scenarioAbout, scenarioName } from './words/scenarios.ts';

/** What the README tells of a study, as it stands there. */
export function readmeTable(study: Study): string {
  const admitted = admit(study);
  const toFloor = comparisonsOf(admitted, 'floor', 'server-cpu');
  const direct = comparisonsOf(admitted, 'backends', 'server-cpu');
  const rows = study.header.scenarios.map((scenario) => {
    const of = (subject: string): string =>
      cell(toFloor.find((one) => one.scenario === scenario && one.subject === subject));
    const between = cell(direct.find((one) => one.scenario === scenario));
    const name = `${scenarioName(scenario)}: ${scenarioAbout(scenario)}`;
    return `| ${name} | ${of('backend-a')} | ${of('backend-b')} | ${between} |`;
  });
  const head = '| server CPU a request | backend-a to the floor | backend-b to the floor | a to b |';
  return [head, '| --- | --- | --- | --- |', ...rows].join('\n');
}

function cell(one: Comparison | undefined): string {
  if (!one) return 'not measured';
  const called = one.verdict === 'faster' || one.verdict === 'slower' ? '' : `, ${one.verdict}`;
  return `${ratio(one.ratio.estimate)} (${span(one.ratio)})${called}`;
}
