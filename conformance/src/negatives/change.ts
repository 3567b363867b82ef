import type { SendOptions } from '../actors.ts';
import type { Change } from './cases.ts';

/** A request with one place of it changed; the request that is given stays as it is. */
export function changed(request: SendOptions, change: Change): SendOptions {
  const name = change.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  if (change.in === 'body') return changedBody(request, change);
  const part = change.in === 'header' ? 'headers' : change.in;
  const { [name]: _, ...others }: Record<string, unknown> = { ...request[part] };
  if ('isAbsent' in change) return { ...request, [part]: others };
  const value = 'twice' in change ? [change.twice, change.twice] : 'to' in change ? String(change.to) : change.raw;
  return { ...request, [part]: { ...others, [name]: value } };
}

function changedBody(request: SendOptions, change: Change): SendOptions {
  const { body, ...others } = request;
  if ('raw' in change) return { ...others, rawBody: change.raw, contentType: change.contentType };
  const steps = change.pointer.split('/').slice(1);
  const next = put(body, steps, 'isAbsent' in change ? undefined : 'to' in change ? change.to : change.twice);
  return next === undefined ? others : { ...others, body: next };
}

/** JSON has no undefined: a property that is set to it is not sent. */
function put(value: unknown, [step, ...rest]: string[], to: unknown): unknown {
  if (step === undefined) return to;
  const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...object, [name]: put(object[name], rest, to) };
}
