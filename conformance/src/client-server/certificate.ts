import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { stateFolder } from '../stack/paths.ts';

export type Certificate = { key: string; cert: string };

const file = path.join(stateFolder, 'certificate.json');
const dayMs = 86_400_000;
/** Apple's devices refuse what is valid for longer. */
const validDays = 397;

/**
 * A certificate that this machine makes for itself, valid for the addresses. It is kept, so that a phone need be told
 * only once to trust it.
 */
export async function certificateFor(addresses: string[]): Promise<Certificate> {
  const kept = readKept();
  if (kept && isGoodFor(kept, addresses)) return kept;
  const made = await make(addresses);
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function make(addresses: string[]): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Duet on this network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          ...['127.0.0.1', ...addresses].map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key, cert };
}

function readKept(): Certificate | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
  } catch {
    return undefined; // None was made yet.
  }
}

function isGoodFor({ cert }: Certificate, addresses: string[]): boolean {
  const certificate = new X509Certificate(cert);
  const isFresh = certificate.validToDate.getTime() > Date.now() + 7 * dayMs;
  return isFresh && addresses.every((address) => certificate.checkIP(address) !== undefined);
}
