import { Refusal } from '../../specimen/reply.ts';
import { place } from '../../specimen/validation.ts';
import { asProblem, changingWhere } from '../answers.ts';
import { faults } from '../declare.ts';

export default faults('http/ids', {
  'letter-case-counts': {
    describe: 'an id in upper case names nothing',
    override: () => ({ readId: (text) => text }),
  },
  'malformed-not-found': {
    describe: 'a malformed id is not found',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({
      toldErrors: (found) => {
        if (found.some((error) => error.in === 'path'))
          throw new Refusal('not-found', 'Nothing has this id; check it.');
        return found;
      },
    }),
  },
  'version-four-alone': {
    describe: 'a well-formed id of another UUID version is invalid',
    override: () => ({
      toldErrors: (found, { path }) => {
        const others = Object.entries(path).filter(([, id]) => /^.{14}[^4]/.test(id) && /^[0-9a-f-]{36}$/i.test(id));
        const known = new Set(found.map(({ pointer }) => pointer));
        return [
          ...found,
          ...others
            .filter(([name]) => !known.has(`/${name}`))
            .map(([name]) => place('path', `/${name}`, 'format', 'is no UUID')),
        ];
      },
    }),
  },
  'unknown-forbidden': {
    describe: 'an unknown id of a doctor is 403',
    neighbours: ['http/documented-response', 'doctors/only-doctors', 'sessions/own-data-only'],
    intercept: changingWhere(
      ({ status }, { operationId }) => status === 404 && operationId === 'getDoctor',
      asProblem('forbidden-role'),
    ),
  },
  'without-hyphens': {
    describe: 'an id without hyphens is taken for the one with them, and not found',
    override: () => ({
      toldErrors: (found, { path }) => {
        const isPlain = (pointer: string) => /^[0-9a-f]{32}$/i.test(path[pointer.slice(1)] ?? '');
        return found.filter((error) => !(error.in === 'path' && isPlain(error.pointer)));
      },
    }),
  },
});
