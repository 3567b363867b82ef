import { bytes, count, duration, number } from '../../../report/text.ts';
import type { Study } from '../study.ts';
import { significant } from './figures.ts';
import { scenariosListed } from './scenarios.ts';

/** How it was measured, in a paragraph. */
export function method({ header: { profile, design, seed, subjects, scenarios }, services }: Study): string {
  if (profile === 'load') return services.map(serviceMethod).join(' ');
  const { blocks, repetitions, burstMs, rounds, connections } = design;
  return [
    `Each of ${count(blocks, 'block')} started all ${count(subjects.length, 'subject')} anew, with processes and databases of their own.`,
    `In a block each of ${scenariosListed(scenarios)} took ${count(repetitions, 'slice')} of ${duration(burstMs * rounds * subjects.length)}, in which every subject had ${count(rounds, 'burst')} of ${burstMs} ms over ${count(connections, 'connection')}, in an order drawn by seed ${seed}, while the others idled.`,
    'The CPU time of server, database and generator was read apart; CPU time a request decides, since requests/s flatter whoever shares the machine with the load.',
    'Intervals are 95\u00a0%, p values are adjusted for the number of comparisons. A difference is called only when its interval keeps to one side of 1 and it is greater than what the floor differs from itself; “the same” is an interval within 3\u00a0%.',
  ].join(' ');
}

function serviceMethod({ runners, ratePerSecond, durationMs, sent, compared }: Study['services'][number]): string {
  return [
    `${count(runners, 'runner')} sent ${significant(ratePerSecond)} requests a second, all of them together for ${duration(durationMs)}, whatever the answers did: ${count(sent, 'request')}, each timed from the moment it should have left.`,
    `${count(compared, 'answer')} were compared in full. The histograms of all runners were added up; one request that was dropped, failed or was answered otherwise makes the whole invalid.`,
    'Nothing was measured beside it, so it says what this deployment does, and nothing of one backend against another.',
  ].join(' ');
}

/** What somebody needs to judge or repeat the run, by label. */
export function fingerprint({ header, footer }: Study): [string, string][] {
  const { machine, versions, commit, isClean } = header;
  return [
    ...machineFacts(machine),
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version.replace(/^v/u, '')}`)
        .join(' · '),
    ],
    ['Commit', `${commit}${isClean ? '' : ', with changes that were not committed'}`],
    ['Seed', String(header.seed)],
    ['Profile', header.profile],
    ['Began', instant(header.startedAt)],
    ['Ended', footer ? `${instant(footer.endedAt)}, ${number(footer.records)} records` : 'did not end'],
  ];
}

function machineFacts(machine: Study['header']['machine']): [string, string][] {
  if (!machine) return [['Machine', 'several, which are not known']];
  const { processor, cores, memoryBytes, system, kernel } = machine;
  return [
    ['Machine', `${processor}, ${count(cores, 'core')}, ${bytes(memoryBytes)} memory`],
    ['System', `${system}, ${kernel}`],
  ];
}

/** What a reader must know before any number. */
export function warnings({ header, footer }: Study): string[] {
  return [
    footer ? '' : 'This run did not end: its file has no footer. What follows is what was measured until then.',
    header.isClean
      ? ''
      : 'The working folder held changes that were not committed: the commit alone does not repeat this.',
  ].filter(Boolean);
}

/** `2026-01-31 09:30 UTC`. */
export function instant(text: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/u.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 16)} UTC` : text;
}

export function commands({ header: { profile } }: Study): { command: string; about: string }[] {
  const anew = profile === 'quick' ? 'npm run bench' : `npm run bench -- --profile ${profile}`;
  return [
    profile === 'load'
      ? {
          command: 'npx duet merge report/load/*.log',
          about: 'makes the raw records of the logs of another run (k8s/README.md)',
        }
      : { command: anew, about: 'measures anew and writes the raw records' },
    {
      command: 'npm run study -- --from <file>',
      about: 'makes this page and the Markdown from records; the same file gives the same bytes',
    },
  ];
}
