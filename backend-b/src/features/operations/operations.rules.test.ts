import { describe, expect, it } from 'vitest';
import { checkMigrated, checkNotDraining } from './operations.rules.ts';

describe('readiness', () => {
  it('wants every migration of this version, and does not mind newer ones', () => {
    expect(() => checkMigrated(['1_a', '2_b'], ['1_a', '2_b', '3_c'])).not.toThrow();
    expect(() => checkMigrated(['1_a', '2_b'], ['1_a'])).toThrow(/2_b/);
  });

  it('ends with SIGTERM', () => {
    expect(() => checkNotDraining(true)).toThrow(expect.objectContaining({ code: 'service-unavailable' }));
    expect(() => checkNotDraining(false)).not.toThrow();
  });
});
