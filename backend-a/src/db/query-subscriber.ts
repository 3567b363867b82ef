import { EventSubscriber, type EntitySubscriberInterface, type QueryRunner } from 'typeorm';
import type { AfterQueryEvent, BeforeQueryEvent } from 'typeorm/subscriber/event/QueryEvent.js';
import type { PoolClient } from 'pg';
import { isReadTimeout } from './database-errors.ts';
import { isListenedTo, traceQuery } from './query-trace.ts';

/** When the query at hand of each connection began; TypeORM itself counts whole milliseconds only. */
const beginnings = new WeakMap<QueryRunner, number>();

/** Sees every query of the ORM: tells it to the trace, and throws away a connection whose query was given up on. */
export class QuerySubscriber implements EntitySubscriberInterface {
  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    if (isListenedTo()) beginnings.set(queryRunner, performance.now());
  }

  afterQuery({ query, parameters, error, queryRunner }: AfterQueryEvent): void {
    traceQuery({
      name: undefined,
      text: query,
      parameters: Array.isArray(parameters) ? parameters : [],
      milliseconds: performance.now() - (beginnings.get(queryRunner) ?? performance.now()),
      failure: error instanceof Error ? error : undefined,
    });
    if (isReadTimeout(error)) void throwAway(queryRunner.connect());
  }
}

/** The pool takes no client back that has ended. */
async function throwAway(client: Promise<PoolClient & { end(): Promise<void> }>): Promise<void> {
  await (await client).end();
}

// Without this registration TypeORM ignores the class silently.
EventSubscriber()(QuerySubscriber);
