import type { OperationId } from '../src/driver/answer.ts';
import type { ReceivedResponse, SentRequest } from '../src/driver/exchange.ts';

export type AskedRequest = SentRequest & { operationId: OperationId; replica: number };

/** The event stream of somebody, from its first event on. */
export type Following = {
  /** What had come when the stream ended, or, with `isEnded` false, when patience did. */
  untilEnd(): Promise<{ events: { id: string; event: string; data: unknown }[]; isEnded: boolean }>;
};

/** Something that answers requests: a target at a URL, the model, or a server in process. */
export type System = {
  name: string;
  inviteCode: string;
  /** Whether its answers are judged by the contract's schemas, too. */
  isJudged: boolean;
  send(request: AskedRequest): Promise<ReceivedResponse>;
  follow(headers: Record<string, string>): Promise<Following>;
};

/** Stands for an answer that never came. */
export const silence = (reason: string): ReceivedResponse => ({
  status: 0,
  headers: {},
  body: new TextEncoder().encode(`no answer: ${reason}`),
});
