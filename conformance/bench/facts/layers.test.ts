import { expect, test } from 'vitest';
import { layerOf } from './layers.ts';

test.for([
  ['src/features/calls/calls.routes.ts', 'routes'],
  ['src/features/calls/join.service.ts', 'services'],
  ['src/features/calls/signals.rules.ts', 'rules'],
  ['src/features/appointments/idempotency.repository.ts', 'repositories'],
  ['src/features/events/events.statements.ts', 'statements'],
  ['src/features/messages/messages.entity.ts', 'entities'],
  ['src/db/migrations/1767225601000-appointments.ts', 'schema'],
  ['prisma/migrations/20260301000000_first/migration.sql', 'schema'],
  ['prisma/schema/calls.prisma', 'schema'],
  ['src/db/migrations.ts', 'database'],
  ['src/http/dev-log.ts', 'http'],
  ['src/video/peer.ts', 'video'],
  ['src/features/calls/calls.view.ts', 'other'],
  ['src/main.ts', 'other'],
])('%s of a backend is of the layer %s', ([file = '', layer]) => {
  expect(layerOf('backend-b', file)).toBe(layer);
});

test.for([
  ['operations/booking.ts', 'services'],
  ['statements/appointments.ts', 'statements'],
  ['http/routes.ts', 'http'],
  ['schema.sql', 'schema'],
  ['database.ts', 'database'],
  ['events/hub.ts', 'other'],
  ['main.ts', 'other'],
])('%s of the floor is of the layer %s', ([file = '', layer]) => {
  expect(layerOf('floor', file)).toBe(layer);
});
