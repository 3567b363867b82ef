import { describe, expect, it } from 'vitest';
import type { Person } from '../actors.ts';
import type { StreamEvent } from '../driver/event-stream.ts';
import { auditStreams } from './audit.ts';
import { emptyLedger } from './ledger.ts';

const [doctor, user] = ['doctor', 'user'].map((id) => ({ id, displayName: id }) as Person) as [Person, Person];
const pairs = [{ doctor, user, appointmentId: 'meeting' }];

function ledgerOf(...ids: string[]) {
  const ledger = emptyLedger();
  for (const id of ids) ledger.messages.set(`client ${id}`, { id, appointmentId: 'meeting' });
  return ledger;
}

function told(...messageIds: string[]): StreamEvent[] {
  return messageIds.map((id, index) => ({
    id: String(index + 1),
    event: 'message.created',
    data: { message: { id, appointmentId: 'meeting' } },
    cameAt: index,
  }));
}

describe('auditStreams', () => {
  it('finds nothing where each stream was told everything once', () => {
    const found = auditStreams(ledgerOf('m1', 'm2'), pairs, [
      { person: doctor, events: told('m1', 'm2') },
      { person: doctor, events: told('m1', 'm2') },
      { person: user, events: told('m1', 'more', 'm2') },
    ]);
    expect(found).toEqual({ lost: [], doubled: [], outOfOrder: [], overlaps: [] });
  });

  it('finds what one stream was not told, also when it was told nothing at all', () => {
    const { lost } = auditStreams(ledgerOf('m1'), pairs, [
      { person: doctor, events: told('m1') },
      { person: user, events: [] },
    ]);
    expect(lost).toEqual(['user was never told: message.created m1']);
  });

  it('finds what was told twice, and a gap', () => {
    const events = told('m1', 'm1');
    const found = auditStreams(ledgerOf('m1'), pairs, [{ person: user, events }]);
    expect(found.doubled).toEqual(['user was told 2 times: message.created m1']);
    const gap = [...told('m1'), { ...told('m2')[0], id: '3' } as StreamEvent];
    expect(auditStreams(ledgerOf('m1'), pairs, [{ person: user, events: gap }]).outOfOrder).toEqual([
      'user: event 3 came as number 2',
    ]);
  });

  it('takes two joins of one call for two events', () => {
    const joined = ['1', '2'].map((id) => ({
      id,
      event: 'call.participant-joined',
      data: { appointment: { id: 'meeting' } },
      cameAt: 0,
    }));
    expect(auditStreams(emptyLedger(), pairs, [{ person: user, events: joined }]).doubled).toEqual([]);
  });
});
