import { faults } from '../declare.ts';

export default faults('http/media-type', {
  'none-taken': {
    describe: 'a body without a media type is taken for JSON',
    override: (honest) => ({
      takesMediaType: (type, encoding) =>
        (type === undefined && encoding === undefined) || honest.takesMediaType(type, encoding),
    }),
  },
  'any-charset': {
    describe: 'another charset than utf-8 is taken',
    override: (honest) => ({
      takesMediaType: (type, encoding) => honest.takesMediaType(type?.replace(/;.*/, ''), encoding),
    }),
  },
  'any-json-suffix': {
    describe: 'any media type that ends in +json is taken',
    override: (honest) => ({
      takesMediaType: (type, encoding) =>
        honest.takesMediaType(type?.replace(/^application\/\S+\+json/, 'application/json'), encoding),
    }),
  },
  'text-taken': {
    describe: 'JSON as text/plain is taken',
    override: (honest) => ({
      takesMediaType: (type, encoding) => type?.startsWith('text/plain') || honest.takesMediaType(type, encoding),
    }),
  },
  'identity-taken': {
    describe: 'Content-Encoding: identity is taken',
    override: (honest) => ({
      takesMediaType: (type, encoding) => honest.takesMediaType(type, encoding === 'identity' ? undefined : encoding),
    }),
  },
  'encoding-ignored': {
    describe: 'Content-Encoding is not looked at',
    override: (honest) => ({ takesMediaType: (type) => honest.takesMediaType(type, undefined) }),
  },
  'parameter-refused': {
    describe: 'a parameter other than charset is refused',
    override: (honest) => ({
      takesMediaType: (type, encoding) =>
        !/;\s*(?!charset)[a-z]+=/i.test(type ?? '') && honest.takesMediaType(type, encoding),
    }),
  },
  'charset-refused': {
    describe: 'charset=UTF-8 in upper case is refused',
    override: (honest) => ({
      takesMediaType: (type, encoding) => !type?.includes('UTF-8') && honest.takesMediaType(type, encoding),
    }),
  },
});
