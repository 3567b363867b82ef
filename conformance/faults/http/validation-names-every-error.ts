import { faults } from '../declare.ts';
import { forgiving } from '../validation.ts';

export default faults('http/validation-names-every-error', {
  'last-of-three-lost': {
    describe: 'the last of three and more errors is not told',
    override: () => ({ toldErrors: (found) => (found.length > 2 ? found.slice(0, -1) : found) }),
  },
  'body-alone': {
    describe: 'errors of the query are not told beside those of the body',
    override: () => ({
      toldErrors: (found) => {
        const ofBody = found.filter((error) => error.in === 'body');
        return ofBody.length > 0 ? ofBody : found;
      },
    }),
  },
  'header-forgotten': {
    describe: 'errors of a header are not told beside others',
    override: () => ({
      toldErrors: (found) => {
        const others = found.filter((error) => error.in !== 'header');
        return others.length > 0 ? others : found;
      },
    }),
  },
  'missing-at-parent': {
    describe: 'a missing property is told at the object that lacks it',
    override: () => ({
      toldErrors: (found) =>
        found.map((error) => (error.rule === 'required' && error.in === 'body' ? { ...error, pointer: '' } : error)),
    }),
  },
  'unescaped-pointer': {
    describe: 'a slash in a name is not escaped in the pointer',
    override: () => ({
      toldErrors: (found) => found.map((error) => ({ ...error, pointer: error.pointer.replaceAll('~1', '/') })),
    }),
  },
  'ninety-nine': {
    describe: 'only 99 of a hundred errors are named',
    override: () => ({ errorsNamed: () => 99 }),
  },
  'rest-not-counted': {
    describe: 'the errors beyond a hundred are not counted',
    override: () => ({ errorsOmitted: () => 0 }),
  },
  'empty-header-missing': {
    describe: 'a header that is empty is taken for a missing one',
    override: () => ({
      toldErrors: forgiving(
        (error, { headers }) => error.in === 'header' && headers[error.pointer.slice(1).toLowerCase()] === '',
      ),
    }),
  },
  'lower-case-header': {
    describe: 'a header is named in lower case instead of as it is documented',
    override: () => ({
      toldErrors: (found) =>
        found.map((error) => (error.in === 'header' ? { ...error, pointer: error.pointer.toLowerCase() } : error)),
    }),
  },
});
