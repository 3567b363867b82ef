import type { Person } from '../../src/actors.ts';
import type { People } from '../people.ts';

/**
 * Who asks, as a document of Web Fuzzing Commons: the user first, and where an operation is refused to it the next. Each
 * logs in by itself, and again after a logout.
 */
export function authDocument({ user, doctor, other }: People): object {
  return { auth: [entryOf('user', user), entryOf('doctor', doctor), entryOf('other', other)] };
}

function entryOf(name: string, { email, password }: Person): object {
  return {
    name,
    loginEndpointAuth: {
      verb: 'POST',
      endpoint: '/v1/sessions',
      contentType: 'application/json',
      payloadUserPwd: { username: email, password, usernameField: 'email', passwordField: 'password' },
      token: {
        extractFrom: 'body',
        extractSelector: '/token',
        sendIn: 'header',
        sendName: 'Authorization',
        sendTemplate: 'Bearer {token}',
      },
    },
  };
}

/** What Schemathesis is told of by its configuration. */
export type Known = { authFile: string; doctorId: string; appointmentIds: string[]; messageId: string };

/**
 * The configuration file: all that the command line cannot say. The two users must not see each other's things, half of
 * the ids in paths are of things that there are, and 412 and 422 are answers to what a schema allows.
 */
export function configuration({ authFile, doctorId, appointmentIds, messageId }: Known): string {
  return `[auth.wfc]
path = ${JSON.stringify(authFile)}
peers = ["user", "other"]

[dictionaries]
doctors = { values = ${JSON.stringify([doctorId])} }
appointments = { values = ${JSON.stringify(appointmentIds)} }
messages = { values = ${JSON.stringify([messageId])} }

[parameters]
"path.doctorId" = { dictionary = "doctors", probability = 0.5 }
"path.appointmentId" = { dictionary = "appointments", probability = 0.5 }
"query.after" = { dictionary = "messages", probability = 0.5 }
"query.before" = { dictionary = "messages", probability = 0.5 }

[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 412, 422, 429, "5xx"]

# The stream never ends, and Schemathesis reads an answer to its end.
[[operations]]
include-operation-id = "streamEvents"
request-timeout = 0.5
`;
}
