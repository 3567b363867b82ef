import type { Behaviour } from './behaviour.ts';
import type { Reply } from './reply.ts';
import type { Visit } from './pipeline.ts';
import type { World } from './world.ts';

/** Sees every request and the finished answer to it, and may give another one. */
export type Intercept = (
  visit: Visit & { operationId: string | undefined },
  next: () => Promise<Reply>,
  world: World,
) => Promise<Reply>;

/** One lie: decisions that differ from the honest ones, or a hand on the answers. */
export type Lie = { override?: (honest: Behaviour) => Partial<Behaviour>; intercept?: Intercept };
