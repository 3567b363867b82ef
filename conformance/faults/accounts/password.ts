import { place } from '../../specimen/validation.ts';
import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';
import { forgiving, refusingText, valueAt } from '../validation.ts';

const mode = wrapping(new URL('./password.wrapper.ts', import.meta.url));

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
    neighbours: ['http/validation-names-every-error'],
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
    override: () => ({
      toldErrors: (found, request) =>
        request.operationId === 'createAccount'
          ? refusingText(['password'], (text) => text.length > 128, 'maxLength')(found, request)
          : found,
    }),
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
  'stored-in-clear': mode('in-clear', 'passwords are kept in clear in a table of their own'),
  'stored-in-base64': mode('base64-beside', 'passwords are kept in base64 in a table of their own'),
  'stored-as-quick-hash': mode('quick-hash-beside', 'a quick hash of passwords is kept in a table of its own'),
  'in-log': mode('in-log', 'the log holds the password of a new account', ['operations/logs']),
});
