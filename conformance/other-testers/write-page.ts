/** Makes the tables of conformance/docs/other-testers.md anew: npm run docs:testers */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contractDocument } from '../src/driver/contract.ts';
import { downConvert } from './down-convert/down-convert.ts';
import { partsOf, withParts } from './page.ts';
import { readResults } from './records.ts';

const file = path.resolve(import.meta.dirname, '../docs/other-testers.md');
const results = readResults(path.join(import.meta.dirname, 'results.ndjson'));
writeFileSync(file, withParts(readFileSync(file, 'utf8'), partsOf(results, downConvert(contractDocument).changes)));
