import type { RequestHandler, Response } from 'express';
import { Problem } from '../problem.ts';
import type { Operation } from './contract.ts';
import { preflightHeaders } from './cors.ts';
import { sendNothing } from './reply.ts';

interface KnownPath {
  readonly template: string;
  readonly segments: readonly string[];
  /** The documented methods, HEAD where GET is, and OPTIONS. */
  readonly allow: string;
}

/** The paths of the operations this backend serves. */
export function knownPaths(operations: Iterable<Operation>): readonly KnownPath[] {
  const methods = new Map<string, string[]>();
  for (const { path, method } of operations) methods.set(path, [...(methods.get(path) ?? []), method]);
  return [...methods].map(([template, documented]) => ({
    template,
    segments: template.split('/'),
    allow: [...documented, ...(documented.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '),
  }));
}

/** Answers OPTIONS on every known path: 204 with Allow, and to a preflight what it asks. */
export function answerOptions(paths: readonly KnownPath[]): RequestHandler {
  return (request, response, next) => {
    const known = request.method === 'OPTIONS' ? findKnown(paths, request.path, response) : undefined;
    if (!known) return next();
    const isPreflight = request.headers['access-control-request-method'] !== undefined;
    if (isPreflight && response.hasHeader('Access-Control-Allow-Origin')) response.set(preflightHeaders(known.allow));
    response.setHeader('Allow', known.allow);
    sendNothing(response, 204);
  };
}

/**
 * Refuses what no route has taken.
 *
 * @rule http/unknown-path
 * @rule http/method-not-allowed
 */
export function refuseUnrouted(paths: readonly KnownPath[]): RequestHandler {
  return (request, response) => {
    const known = findKnown(paths, request.path, response);
    if (!known) throw new Problem('not-found', `Nothing lives at this path; the contract lists those that exist.`);
    response.setHeader('Allow', known.allow);
    throw new Problem('method-not-allowed', `This path takes ${known.allow}; use one of these methods.`);
  };
}

function findKnown(paths: readonly KnownPath[], path: string, response: Response): KnownPath | undefined {
  const segments = path.split('/');
  const known = paths.find((each) => fits(each.segments, segments));
  response.locals.route = known?.template ?? null;
  return known;
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false;
  return template.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]));
}
