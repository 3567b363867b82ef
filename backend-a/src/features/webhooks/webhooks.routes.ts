import type { Router } from 'express';
import type { TwilioConfig } from '../../config.ts';
import { sendNothing } from '../../http/reply.ts';
import { newRouter, type RouteMeans } from '../../http/router.ts';
import { mustBeSigned, roomStatusOf, signatureOf } from './webhooks.rules.ts';
import { receiveRoomStatus } from './webhooks.service.ts';

const path = '/v1/webhooks/twilio/rooms';

/**
 * What Twilio tells us; with another provider nothing of this is there.
 *
 * @rule webhooks/peer-unknown
 */
export function webhooksRoutes({ operations: { signed }, db, config }: RouteMeans, twilio: TwilioConfig): Router {
  const router = newRouter();
  const url = config.publicUrl + path;

  router.post(
    path,
    signed(
      'receiveRoomStatus',
      (form, request) => mustBeSigned(request.get('X-Twilio-Signature'), signatureOf(url, form, twilio.authToken)),
      async ({ form, now }, response) => {
        const status = roomStatusOf(form);
        if (status) await receiveRoomStatus(db(), status, now);
        sendNothing(response, 204);
      },
    ),
  );

  return router;
}
