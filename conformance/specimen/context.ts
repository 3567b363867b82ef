import type { Behaviour } from './behaviour.ts';
import type { Reply } from './reply.ts';
import type { FieldError } from './validation.ts';
import type { Account, Session, World } from './world.ts';

/** What an open operation works with; path, query and body are valid by their schemas. */
export type Context = {
  world: World;
  behaviour: Behaviour;
  inviteCode: string;
  replica: number;
  now: number;
  /** Real time when the request came. */
  openedAt: number;
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
};

/** What an operation with a session works with. */
export type CallerContext = Context & { caller: Account; session: Session };

export type Answered = Reply | Promise<Reply>;
export type OpenHandler = (context: Context) => Answered;
export type CallerHandler = (context: CallerContext) => Answered;

/** What is invalid beyond what the schemas say. */
export type Check<In extends Context> = (context: In) => FieldError[];
