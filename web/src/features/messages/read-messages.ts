import { call, useApi } from '../../api/client.ts';
import type { MessagePage } from './thread.ts';

type Place = { before?: string; after?: string; limit: number };

export function readMessages(appointmentId: string, query: Place): Promise<MessagePage> {
  const params = { path: { appointmentId }, query };
  return call(useApi().client.GET('/v1/appointments/{appointmentId}/messages', { params }));
}
