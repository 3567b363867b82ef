import { faults } from '../declare.ts';

export default faults('http/body-limit', {
  'one-byte-less': {
    describe: 'a body of exactly 65,536 bytes is refused',
    override: () => ({ bodyLimit: () => 65_535 }),
  },
  'one-byte-more': {
    describe: 'a body of 65,537 bytes is taken',
    override: () => ({ bodyLimit: () => 65_537 }),
  },
  'chunks-unlimited': {
    describe: 'a body without Content-Length may be a hundred times as long',
    override: () => ({ bodyLimit: (isChunked) => (isChunked ? 6_553_600 : 65_536) }),
  },
  'answers-late': {
    describe: 'the refusal comes only when the whole body has come',
    override: () => ({ refusesEarly: () => false }),
  },
});
