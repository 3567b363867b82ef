import type { TesterName } from './records.ts';
import type { Finding } from './tester.ts';

/** What a tester calls wrong although the contract says so: named here, so that all else is a finding. */
export type Limit = {
  tester: Exclude<TesterName, 'duet'>;
  operations: string[];
  check: string;
  why: string;
};

const accepts = (operations: string[], why: string): Limit => ({
  tester: 'schemathesis',
  operations,
  check: 'positive_data_acceptance',
  why,
});
const webhook = (check: string, why: string): Limit => ({
  tester: 'schemathesis',
  operations: ['POST /v1/webhooks/twilio/rooms'],
  check,
  why,
});
const dredd = (operation: string, check: string, why: string): Limit => ({
  tester: 'dredd',
  operations: [operation],
  check,
  why,
});

export const LIMITS: Limit[] = [
  accepts(
    ['POST /v1/accounts', 'PATCH /v1/me'],
    'that `specialty` is for doctors alone, words say and the schema cannot',
  ),
  accepts(
    ['POST /v1/appointments'],
    'that a user names the doctor and a doctor the user, words say: who asks is in no schema',
  ),
  accepts(['GET /v1/appointments', 'GET /v1/doctors'], 'only a `cursor` that the server made is valid, as words say'),
  accepts(
    ['GET /v1/appointments/{appointmentId}/messages'],
    'that `before` and `after` exclude each other, words say: parameters have no schema in common',
  ),
  accepts(
    ['GET /v1/appointments/{appointmentId}', 'POST /v1/appointments/{appointmentId}/cancel'],
    'it sends the entity tag `0`, which the pattern of the header does not allow',
  ),
  accepts(
    ['POST /v1/appointments/{appointmentId}/call/signals'],
    'that texts anywhere in `data` hold no U+0000, words say and the schema cannot',
  ),
  {
    tester: 'schemathesis',
    operations: ['GET /v1/events'],
    check: 'response_schema_conformance',
    why: 'it takes the schema of the whole stream for that of one event',
  },
  webhook('status_code_conformance', 'with the provider peer the path is unknown, 404, as `x-video-provider` says'),
  webhook('missing_required_header', 'the same: what is unknown misses no header'),
  webhook('unsupported_method', 'the same: what is unknown has no methods'),
  dredd('POST /v1/sessions 401', 'headers', 'it demands every documented header; a refused login has no challenge'),
  dredd(
    'POST /v1/appointments 201',
    'headers',
    'it demands every documented header; a first answer is no repeated one',
  ),
  dredd(
    'GET /v1/appointments/{appointmentId}/calendar 200',
    'headers',
    'it takes a media type with a charset for another one',
  ),
  dredd('GET /metrics 200', 'headers', 'it takes a media type with parameters for another one'),
  dredd(
    'POST /v1/appointments/{appointmentId}/call/join 200',
    'body',
    'it compares with the first example, which is of the provider twilio',
  ),
];

/** The limit that a finding is, if it is one. */
export function limitOf(tester: TesterName, { operation, check }: Finding): Limit | undefined {
  return LIMITS.find(
    (limit) => limit.tester === tester && limit.check === check && limit.operations.includes(operation),
  );
}
