/** What kind of failure it is, such as PostgreSQL's code, without its message. */
export function errorTypeOf(failure: unknown): string {
  if (!(failure instanceof Error)) return typeof failure;
  const code: unknown = 'code' in failure ? failure.code : undefined;
  return typeof code === 'string' ? code : failure.constructor.name;
}
