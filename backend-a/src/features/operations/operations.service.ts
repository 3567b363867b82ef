import { readFileSync } from 'node:fs';
import type { components } from '@duet/contract/types';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/database.ts';
import { Problem } from '../../problem.ts';
import type { Metrics } from './operations.metrics.ts';

type Schemas = components['schemas'];

const versions = {
  express: versionOf('express'),
  typeorm: versionOf('typeorm'),
} as const;

/** What this backend is made of. */
export function getMeta({ config, contractVersion }: { config: Config; contractVersion: string }): Schemas['Meta'] {
  return {
    service: 'backend-a',
    framework: `Express ${versions.express}`,
    orm: `TypeORM ${versions.typeorm}`,
    runtime: `Node.js ${process.versions.node}`,
    contractVersion,
    videoProvider: config.video.provider,
    conformanceClock: config.conformanceClock,
  };
}

export function getLiveness(): Schemas['Health'] {
  return { status: 'ok' };
}

/**
 * @throws Problem service-unavailable while draining; whatever says that the database cannot be worked with
 * @rule operations/health
 */
export async function getReadiness(input: { database: Database; isDraining: boolean }): Promise<Schemas['Health']> {
  if (input.isDraining) {
    throw new Problem('service-unavailable', 'This process is about to end; ask another one.', {
      retryAfterSeconds: 1,
    });
  }
  await input.database.mustBeReady();
  return { status: 'ok' };
}

/** @returns Prometheus' text format */
export function getMetrics({ metrics }: { metrics: Metrics }): Promise<string> {
  return metrics.text();
}

/** Both packages are entered at a file beside their package.json, which one of them does not export. */
function versionOf(name: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('package.json', import.meta.resolve(name)), 'utf8'),
  );
  return version;
}
