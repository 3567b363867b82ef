import { call, type useApi } from '../../api/client.ts';
import type { Appointment, AppointmentStatus } from './appointment.ts';

export type SpanQuery = { from: string; to: string; status?: AppointmentStatus };

/** All of one's appointments that start within [from, to), however many pages that takes. */
export async function readSpan(client: ReturnType<typeof useApi>['client'], span: SpanQuery): Promise<Appointment[]> {
  const found: Appointment[] = [];
  let cursor: string | null = null;
  do {
    const query: SpanQuery & { limit: number; cursor?: string } = { ...span, limit: 100, ...(cursor && { cursor }) };
    const page: { items: Appointment[]; nextCursor: string | null } = await call(
      client.GET('/v1/appointments', { params: { query } }),
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}
