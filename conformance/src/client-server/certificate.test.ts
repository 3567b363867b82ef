import { X509Certificate } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

test('it is made for the addresses, kept, and made anew for others', async () => {
  vi.stubEnv('DUET_STATE', mkdtempSync(path.join(tmpdir(), 'state-')));
  const { certificateFor } = await import('./certificate.ts');
  const made = await certificateFor(['192.0.2.7']);
  const certificate = new X509Certificate(made.cert);
  expect(certificate.checkIP('192.0.2.7')).toBe('192.0.2.7');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(await certificateFor(['192.0.2.7'])).toEqual(made);
  expect(await certificateFor(['192.0.2.8'])).not.toEqual(made);
});
