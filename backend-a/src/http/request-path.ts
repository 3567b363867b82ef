import type { RequestHandler } from 'express';

/**
 * A path parameter that cannot be decoded reaches validation as it was written, where it is no UUID; Express itself
 * would refuse it before anybody asked who the caller is.
 *
 * @rule http/ids
 */
export const keepUndecodablePaths: RequestHandler = (request, _response, next) => {
  if (request.url.includes('%')) {
    const [path = '', ...query] = request.url.split('?');
    const kept = path.split('/').map((segment) => (canDecode(segment) ? segment : segment.replaceAll('%', '%25')));
    request.url = [kept.join('/'), ...query].join('?');
  }
  next();
};

export function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
