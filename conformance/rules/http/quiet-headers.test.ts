import { expect } from 'vitest';
import { rule } from '../../src/rule.ts';

rule('http/quiet-headers', ({ test }) => {
  test('says nosniff and names no software on a good answer', async ({ target }) => {
    const answer = await target.nobody.send('getMeta');
    expect(answer.status).toBe(200);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers).not.toHaveProperty('server');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  test('says nosniff and names no software on an unknown path', async ({ target }) => {
    const answer = await target.raw({ method: 'GET', path: '/nowhere' });
    expect(answer).toBeProblem(404, 'not-found');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers).not.toHaveProperty('server');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });
});
