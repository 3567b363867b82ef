/** What Dredd hands to its hooks of one request and answer, as far as it is used here. */
export type Transaction = {
  /** The titles on the way to it, `/v1/me > Show oneself > 200 > application/json`. */
  name: string;
  fullPath: string;
  request: { method: string; headers: Record<string, string>; body?: string };
  expected: { statusCode: string };
  /** Set to leave it out. */
  skip?: boolean;
  /** Set to have it fail, with the reason. */
  fail?: string;
  /** How the answer differs from the example, absent when none came. */
  results?: { valid?: boolean; fields?: Record<string, { valid: boolean; errors: { message: string }[] }> };
  errors?: { message: string }[];
};
