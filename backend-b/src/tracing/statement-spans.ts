import { SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { partsOf, type Watch } from '../db/query-trace.ts';
import { ownName } from '../db/statement-names.ts';
import type { Traces } from './traces.ts';

/** Makes each statement a child of the request that runs it: its text, and never a parameter. */
export function createStatementSpans({ tracer, active }: Traces): Watch {
  return (call, run) => {
    const parent = active.getStore();
    if (!parent) return run();
    const { sql } = partsOf(call);
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': sql };
    const span = tracer.startSpan(statementName(sql), { kind: SpanKind.CLIENT, attributes }, parent);
    return endWith(span, run);
  };
}

function endWith(span: Span, run: () => unknown): unknown {
  try {
    const answer = run();
    if (!(answer instanceof Promise)) {
      span.end();
      return answer;
    }
    return answer.then(
      (result: unknown) => {
        span.end();
        return result;
      },
      (error: unknown) => {
        fail(span, error);
        throw error;
      },
    );
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

// What PostgreSQL says of a failure repeats values; its code does not.
function fail(span: Span, error: unknown): void {
  const { code, name } = error as { code?: unknown; name?: unknown };
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', String(code ?? name ?? 'unknown'));
  span.end();
}

/** A hot path's own name, else what is done to which table first, such as SELECT accounts. */
export function statementName(sql: string): string {
  const own = ownName(sql);
  if (own !== undefined) return own;
  const verb = /^\W*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
  const table = /\b(?:FROM|INTO|UPDATE)\s+(?:"?public"?\.)?"?(\w+)/i.exec(sql)?.[1];
  return table === undefined ? verb : `${verb} ${table}`;
}
