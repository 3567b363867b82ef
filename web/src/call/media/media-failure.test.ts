// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import german from '../call.de.json' with { type: 'json' };
import english from '../call.en.json' with { type: 'json' };
import { type MediaDevice, mediaFailure, type MediaFailureKind, MediaUnavailable } from './media-failure.ts';

const agents = {
  'chrome-laptop': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
  'chrome-phone':
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36',
  'safari-laptop':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
  'safari-phone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
  'firefox-laptop': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
  'firefox-phone': 'Mozilla/5.0 (Android 14; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0',
  other: 'SomethingElse/1.0',
};

const devices: MediaDevice[] = ['camera', 'microphone', 'screen', 'speaker'];
const errors: [kind: MediaFailureKind, error: unknown, permission: PermissionState | null][] = [
  ['denied', new DOMException('Permission denied', 'NotAllowedError'), 'denied'],
  ['denied', new DOMException('The request is not allowed by the user agent', 'NotAllowedError'), null],
  ['dismissed', new DOMException('Permission dismissed', 'NotAllowedError'), 'prompt'],
  ['dismissed', new DOMException('The request is not allowed by the user agent', 'NotAllowedError'), 'prompt'],
  ['blocked-by-system', new DOMException('Permission denied by system', 'NotAllowedError'), null],
  ['blocked-by-system', new DOMException('The request is not allowed', 'NotAllowedError'), 'granted'],
  ['none-found', new DOMException('Requested device not found', 'NotFoundError'), null],
  ['in-use', new DOMException('Could not start video source', 'NotReadableError'), null],
  ['in-use', new DOMException('Timeout starting video source', 'AbortError'), null],
  ['overconstrained', Object.assign(new Error('deviceId'), { name: 'OverconstrainedError' }), null],
  ['insecure', Object.assign(new MediaUnavailable(), { name: 'InsecureContext' }), null],
  ['unsupported', Object.assign(new MediaUnavailable(), { name: 'MediaUnavailable' }), null],
  ['unknown', new Error('something else'), null],
  ['unknown', 'not even an error', null],
];

describe('mediaFailure', () => {
  it.each(errors)('tells %s by the error and the permission', (kind, error, permission) => {
    expect(mediaFailure(error, 'camera', permission).kind).toBe(kind);
  });

  it.each(Object.entries(agents))('shows the way out in %s', (place, agent) => {
    const denied = new DOMException('Permission denied', 'NotAllowedError');
    expect(mediaFailure(denied, 'camera', 'denied', agent).wayOutKey).toBe(`call.media.denied.way.${place}`);
  });

  it('has words for each in both languages', () => {
    const failures = errors.flatMap(([, error, permission]) =>
      devices.flatMap((device) => Object.values(agents).map((agent) => mediaFailure(error, device, permission, agent))),
    );
    const keys = new Set(failures.flatMap(({ titleKey, wayOutKey }) => [titleKey, wayOutKey]));
    for (const texts of [english, german])
      for (const key of keys) expect.soft(textAt(texts, key), key).toMatch(/\S.*[.:]/);
  });
});

function textAt(texts: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], texts);
}
