import { place } from '../../specimen/validation.ts';
import { faults } from '../declare.ts';
import { forgiving, refusingText, valueAt } from '../validation.ts';

const passwordPlace = place('body', '/password', '', '');
const lengthOf = (value: unknown) => [...String(value)].length;

export default faults('accounts/password', {
  'seventy-two-bytes': {
    describe: 'what follows the 72nd byte is ignored',
    override: (honest) => ({ passwordBytes: (password) => honest.passwordBytes(password).subarray(0, 72) }),
  },
  'last-character-of-128': {
    describe: 'the 128th character is ignored',
    override: (honest) => ({ passwordBytes: (password) => honest.passwordBytes([...password].slice(0, 127).join('')) }),
  },
  trimmed: {
    describe: 'white space around a password is ignored',
    override: (honest) => ({ passwordBytes: (password) => honest.passwordBytes(password.trim()) }),
  },
  normalised: {
    describe: 'passwords are compared in normal form KC',
    override: (honest) => ({ passwordBytes: (password) => honest.passwordBytes(password.normalize('NFKC')) }),
  },
  'latin-one': {
    describe: 'characters beyond one byte lose their upper byte',
    override: () => ({ passwordBytes: (password) => Buffer.from(password, 'latin1') }),
  },
  'nine-taken': {
    describe: 'a password of nine code points is taken',
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.pointer === '/password' && lengthOf(valueAt(error, request)) === 9,
      ),
    }),
  },
  'one-more-taken': {
    describe: 'a password of 129 code points is taken',
    override: () => ({
      toldErrors: forgiving(
        (error, request) => error.pointer === '/password' && lengthOf(valueAt(error, request)) === 129,
      ),
    }),
  },
  'utf-16-counted': {
    describe: 'the upper bound counts UTF-16 units',
    override: () => ({ toldErrors: refusingText(['password'], (text) => text.length > 128, 'maxLength') }),
  },
  'tabs-refused': {
    describe: 'a password with a tab is refused',
    override: () => ({ toldErrors: refusingText(['password'], (text) => text.includes('\t'), 'pattern') }),
  },
  quoted: {
    describe: 'the refusal of a creation quotes the password',
    override: () => ({
      toldErrors: (found, request) =>
        found.map((error) => ({ ...error, message: `${error.message}: ${String(valueAt(passwordPlace, request))}` })),
    }),
  },
});
