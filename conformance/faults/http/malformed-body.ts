import { Refusal } from '../../specimen/reply.ts';
import { faults } from '../declare.ts';

const lenient = new TextDecoder('utf-8');

export default faults('http/malformed-body', {
  'bytes-replaced': {
    describe: 'invalid UTF-8 is read with replacement characters',
    override: () => ({ decodeBody: (bytes) => lenient.decode(bytes) }),
  },
  'absent-is-null': {
    describe: 'an absent body is refused as an invalid one',
    neighbours: ['http/validation-names-every-error'],
    override: () => ({ absentBody: () => null }),
  },
  'absent-is-empty': {
    describe: 'an absent body is taken for an empty object',
    override: () => ({ absentBody: () => ({}) }),
  },
  'trailing-comma': {
    describe: 'a comma before the closing brace is taken',
    override: () => ({ parseBody: (text) => JSON.parse(text.replace(/,\s*\}/g, '}')) as unknown }),
  },
  'trailing-text': {
    describe: 'what follows the closing brace is not read',
    neighbours: ['http/closed-input'],
    override: () => ({ parseBody: (text) => JSON.parse(text.slice(0, text.lastIndexOf('}') + 1) || text) as unknown }),
  },
  'told-as-invalid': {
    describe: 'malformed JSON is told as validation-failed',
    override: () => ({
      parseBody: (text) => {
        try {
          return JSON.parse(text) as unknown;
        } catch {
          return text;
        }
      },
    }),
  },
  'first-of-equal-names': {
    describe: 'of equal names in one object the first counts',
    neighbours: ['http/closed-input'],
    override: () => ({
      parseBody: (text) => {
        const value = JSON.parse(text) as unknown;
        const first = /"(displayName|reason|email)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
        const seen = new Map<string, string>();
        for (const [, name = '', sent = ''] of text.matchAll(first)) if (!seen.has(name)) seen.set(name, sent);
        if (typeof value !== 'object' || value === null) return value;
        return { ...value, ...Object.fromEntries([...seen].map(([name, sent]) => [name, JSON.parse(`"${sent}"`)])) };
      },
    }),
  },
  'failure-instead': {
    describe: 'a body that ends early is an internal error',
    neighbours: ['http/closed-input'],
    override: () => ({
      parseBody: (text) => {
        if (/[^}\]"\d]$/.test(text.trimEnd())) throw new Refusal('internal-error', 'Unexpected end of JSON input');
        return JSON.parse(text) as unknown;
      },
    }),
  },
});
