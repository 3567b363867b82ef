import type { FastifyInstance } from 'fastify';
import { ormVersion } from '../../db/version.ts';
import { contractVersion } from '../../http/contract.ts';
import { documented, type Documented } from '../../http/documented.ts';
import { getLiveness, getReadiness } from './operations.service.ts';

export interface OperationsOptions {
  videoProvider: 'peer' | 'twilio';
  hasConformanceClock: boolean;
}

export async function operationsRoutes(app: FastifyInstance, options: OperationsOptions): Promise<void> {
  const meta = {
    service: 'backend-b',
    framework: `Fastify ${app.version}`,
    orm: `Prisma ${ormVersion}`,
    runtime: `Node.js ${process.versions.node}`,
    contractVersion,
    videoProvider: options.videoProvider,
    conformanceClock: options.hasConformanceClock,
  };

  app.route<Documented<'getMeta'>>({ ...documented('getMeta'), handler: async () => meta });

  app.route<Documented<'getLiveness'>>({
    ...documented('getLiveness'),
    handler: async ({ now }) => getLiveness(app.db, {}, now),
  });

  app.route<Documented<'getReadiness'>>({
    ...documented('getReadiness'),
    handler: async ({ now }) => getReadiness(app.db, { isDraining: app.isDraining }, now),
  });

  app.route<Documented<'getMetrics'>>({
    ...documented('getMetrics'),
    handler: async (_request, reply) => {
      const { contentType, text } = await app.readMetrics();
      return reply.type(contentType).send(text);
    },
  });
}
