import { contractVersion } from '../contract.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Visit } from '../http/visit.ts';
import { metricsText } from '../metrics.ts';
import { unavailable } from '../problem.ts';
import { serialise } from '../serialisers.ts';
import { isMigrated } from '../statements/operations.ts';

const healthy = json(200, serialise.health({ status: 'ok' }), []);

export const getMeta = ({ floor }: Visit): Reply =>
  json(
    200,
    serialise.meta({
      service: 'floor',
      framework: 'node:http',
      orm: 'pg',
      runtime: `Node.js ${process.versions.node}`,
      contractVersion,
      videoProvider: 'peer',
      conformanceClock: floor.configuration.hasClock,
    }),
    [],
  );

export const getLiveness = (): Reply => healthy;

export async function getReadiness({ floor }: Visit): Promise<Reply> {
  if (floor.isDraining) throw unavailable();
  const rows = await floor.database.query(isMigrated, []).catch(() => []);
  if (rows.length === 0) throw unavailable();
  return healthy;
}

export function getMetrics({ floor }: Visit): Reply {
  const body = metricsText({ ...floor.database.use, streams: floor.hub.size });
  return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body, headers: [] };
}
