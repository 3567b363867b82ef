import type { EndedReason } from '../../call/call-session.ts';
import type { EndReason } from './call-flow.ts';

const reasons: Record<EndedReason, EndReason> = {
  left: 'left',
  'other-device': 'superseded',
  'ended-by-doctor': 'ended',
  'call-over': 'time-over',
  cancelled: 'cancelled',
  failed: 'failed',
};

export const reasonOfSessionEnd = (reason: EndedReason | null): EndReason => (reason ? reasons[reason] : 'failed');
