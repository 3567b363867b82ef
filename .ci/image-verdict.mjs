// Fails when a run of `duet conform` left a MUST rule of core or clock untested: node image-verdict.mjs <results.ndjson>…
import { readFileSync } from 'node:fs';

const records = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);
const catalogue = new Map(
  records.filter(({ type }) => type === 'run').flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])),
);
const tested = new Set(
  records.filter(({ type, outcome }) => type === 'rule' && outcome !== 'not tested').map(({ rule }) => rule),
);
const untested = [...catalogue.values()].filter(({ id, level }) => level === 'MUST' && !tested.has(id));
const lacking = untested.filter(({ profile }) => profile !== 'launcher');
if (lacking.length > 0) {
  process.stderr.write(`images: not tested: ${lacking.map(({ id }) => id).join(', ')}\n`);
  process.exit(1);
}
process.stdout.write(
  `MUST rules of core and clock: all tested; not tested, since they need a launcher: ${untested.map(({ id }) => id).join(', ')}\n`,
);
