import type { CallbackEvent } from '../callbacks/parameters.ts';

/**
 * What the REST API does wrong. `status`: answers with it; `slow`: takes effect, answers after `ms`; `reset`: cuts the
 * connection. `takesEffect`: the request is carried out all the same and only its answer is lost.
 */
export type RequestFault = {
  on: 'request';
  times: number;
  method?: string;
  /** A part of the path. */
  path?: string;
  /** A part of the body as it was sent. */
  body?: string;
  takesEffect: boolean;
} & ({ kind: 'status'; status: number } | { kind: 'slow'; ms: number } | { kind: 'reset' });

/**
 * What happens to a callback. `repeat`: sent `copies` times; `late`: held until the room's clock is `ms` further, or
 * until it is released; `reorder`: sent after the room's next one; `drop`: never sent; `forge`: with a wrong signature.
 */
export type CallbackFault = {
  on: 'callback';
  times: number;
  event?: CallbackEvent;
  /** A room's sid or name. */
  room?: string;
} & ({ kind: 'repeat'; copies: number } | { kind: 'late'; ms: number | null } | { kind: 'reorder' | 'drop' | 'forge' });

export type Fault = RequestFault | CallbackFault;
