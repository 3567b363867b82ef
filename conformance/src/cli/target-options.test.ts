import { describe, expect, it } from 'vitest';
import { parseTargets, type TargetOptions } from './target-options.ts';

const none: TargetOptions = {
  target: [],
  basePath: '',
  header: [],
  timeout: 30_000,
  inviteCode: [],
  launcher: [],
  twilioControl: [],
  yes: false,
};
const parse = (options: Partial<TargetOptions>) => parseTargets({ ...none, ...options });

describe('parseTargets', () => {
  it('takes the host for the name where none is given', () => {
    expect(parse({ target: ['http://localhost:3000/'] })).toMatchObject([
      { name: 'localhost:3000', urls: ['http://localhost:3000'], inviteCode: null },
    ]);
  });

  it('takes the URLs of several replicas and a name', () => {
    expect(parse({ target: ['mine=http://one:1,https://two'] })).toMatchObject([
      { name: 'mine', urls: ['http://one:1', 'https://two'] },
    ]);
  });

  it('hands an invite code to the target it names, a bare one to all', () => {
    const target = ['a=http://one', 'b=http://two'];
    expect(parse({ target, inviteCode: ['all', 'b=own=code'] }).map(({ inviteCode }) => inviteCode)).toEqual([
      'all',
      'own=code',
    ]);
  });

  it('writes the base path with one slash before it and none after', () => {
    expect(parse({ target: ['http://one'], basePath: 'api/v2/' })).toMatchObject([{ basePath: '/api/v2' }]);
  });

  it('reads headers, values with colons too', () => {
    expect(parse({ target: ['http://one'], header: ['X-Key: a:b'] })).toMatchObject([{ headers: { 'x-key': 'a:b' } }]);
  });

  it.each([
    [{ target: ['localhost:3000'] }, /no http\(s\) URL; write --target http:/],
    [{ target: ['http://one/api'] }, /--target http:\/\/one --base-path \/api/],
    [{ target: ['http://me:secret@one'] }, /must not hold a password/],
    [{ target: ['http://one', 'http://one'] }, /two targets are called one/],
    [{ target: ['mine=http://one,http://one/'] }, /http:\/\/one is given twice; give each replica's own URL/],
    [{ target: ['http://one'], header: ['nonsense'] }, /is no header/],
    [{ target: ['http://one'], ca: '/nowhere.pem' }, /there is no such file/],
    [{ target: ['a=http://one', 'b=http://two'], launcher: ['x.json'] }, /say whose it is, --launcher a=x.json/],
  ])('refuses %j in one line', (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });

  it('does not repeat a secret in its message', () => {
    expect(() => parse({ target: ['http://me:secret@one'] })).not.toThrow(/secret/);
  });
});
