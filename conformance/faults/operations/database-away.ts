import { faults } from '../declare.ts';
import { wrapping } from '../wrapping/declare.ts';

const mode = wrapping(new URL('./database-away.wrapper.ts', import.meta.url));

export default faults('operations/database-away', {
  'fails-instead': mode('fails-instead', 'without the database it is 500'),
  'one-operation-fails': mode('one-operation-fails', 'one operation alone is 500 without the database'),
  'no-retry-after': mode('no-retry-after', 'the 503 has no Retry-After', ['http/documented-response']),
  'answers-late': mode('answers-late', 'the 503 comes after more than 5 s'),
  'stays-away': mode('stays-away', 'once the database was away it stays 503'),
  'metadata-too': mode('metadata-too', 'getMeta is 503 too, once the database was away'),
  dies: mode('dies', 'it exits when the database is away', ['operations/health']),
});
