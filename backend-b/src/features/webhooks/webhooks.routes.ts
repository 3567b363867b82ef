import type { FastifyInstance, FastifyRequest } from 'fastify';
import { documented } from '../../http/documented.ts';
import { Problem } from '../../problem.ts';
import { isSignedByTwilio, type FormFields } from '../../video/twilio-signature.ts';
import { toRoomStatus } from './webhooks.rules.ts';
import { receiveRoomStatus } from './webhooks.service.ts';

/**
 * Exists with the twilio provider alone.
 * @rule webhooks/peer-unknown
 */
export async function webhooksRoutes(
  app: FastifyInstance,
  { authToken, callbackUrl }: { authToken: string; callbackUrl: string },
): Promise<void> {
  const { config, ...route } = documented('receiveRoomStatus');
  const checkOrigin = (request: FastifyRequest): void => {
    const header = request.headers['x-twilio-signature'];
    const signature = typeof header === 'string' ? header : '';
    if (isSignedByTwilio(authToken, { signature, url: callbackUrl, fields: fieldsOf(request) })) return;
    throw new Problem(
      'invalid-signature',
      'The callback is not signed by Twilio for this URL; check TWILIO_AUTH_TOKEN.',
    );
  };

  app.route({
    ...route,
    config: { ...config, checkOrigin },
    handler: async (request, reply) => {
      const status = toRoomStatus(fieldsOf(request));
      if (status) await receiveRoomStatus(app.db, status, request.now);
      return reply.code(204).send();
    },
  });
}

function fieldsOf(request: FastifyRequest): FormFields {
  return request.body as FormFields;
}
