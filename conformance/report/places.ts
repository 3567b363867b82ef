import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { contractCatalogue } from './catalogue.ts';

/** A line of a file, the file by its path from the repository's root. */
export type Place = { file: string; line: number };

/** Where the contract says what a rule demands, and where it describes an operation (null when it knows none such). */
export type Places = { rule(id: string): Place; operation(operationId: string): Place | null };

/** The places in a contract folder; of a file that is not there, its first line. */
export function placesIn(folder: string): Places {
  const texts = new Map<string, string[]>();
  const linesOf = (file: string): string[] => {
    const found = texts.get(file) ?? read(path.join(folder, file));
    texts.set(file, found);
    return found;
  };
  const lineOf = (file: string, isSought: (line: string) => boolean): Place => ({
    file: `contract/${file}`,
    line: Math.max(0, linesOf(file).findIndex(isSought)) + 1,
  });
  return {
    rule(id) {
      const sentence = contractCatalogue[id]?.sentence ?? '';
      return lineOf(`rules/${id}.md`, (line) => line !== '' && line.trim() === sentence);
    },
    operation(operationId) {
      const area = areas.get(operationId);
      if (area === undefined) return null;
      return lineOf(`paths/${area}.yaml`, (line) => line.trim() === `operationId: ${operationId}`);
    },
  };
}

/** The places in the contract that this version judges by. */
export function contractPlaces(): Places {
  const document = createRequire(import.meta.url).resolve('@duet/contract/openapi.json');
  return placesIn(path.dirname(path.dirname(realpathSync(document))));
}

const areas = readAreas();

/** An operation's first tag is its area, and its area the name of its file. */
function readAreas(): Map<string, string> {
  type Item = Record<string, { operationId?: string; tags?: string[] }>;
  const file = createRequire(import.meta.url).resolve('@duet/contract/openapi.json');
  const document: { paths: Record<string, Item> } = JSON.parse(readFileSync(file, 'utf8'));
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  return new Map(operations.flatMap(({ operationId, tags }) => (operationId && tags?.[0] ? [[operationId, tags[0]]] : [])));
}

function read(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/u) : [];
}
