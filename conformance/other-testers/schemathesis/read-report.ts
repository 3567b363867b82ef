import type { Finding } from '../tester.ts';

/** One line of the report: what happened, by its name. As far as it is read here. */
type Line = {
  ScenarioFinished?: { recorder: { checks?: Record<string, Check[]>; interactions?: Record<string, Interaction> } };
  NonFatalError?: { label: string; value: { message?: string } };
  EngineFinished?: object;
};
type Interaction = { response?: { status_code: number; content?: { $base64: string } } };
type Check = {
  name: string;
  status: string;
  failure_info?: { failure: { operation: string; title: string; message: string } };
};

const MESSAGE_LENGTH = 500;

/**
 * What Schemathesis found, from its report of events.
 * What it could not try at all, of an operation, is a finding by the check `error`.
 */
export function readReport(text: string): { findings: Finding[]; isWhole: boolean } {
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  const findings = lines.flatMap(({ ScenarioFinished: scenario, NonFatalError: error }) => {
    if (error) return [{ operation: error.label, check: 'error', message: error.value.message ?? '' }];
    const { checks = {}, interactions = {} } = scenario?.recorder ?? {};
    return Object.entries(checks).flatMap(([id, own]) => own.flatMap((check) => findingsOf(check, interactions[id])));
  });
  return { findings, isWhole: lines.some((line) => line.EngineFinished !== undefined) };
}

function findingsOf({ name, failure_info: info }: Check, interaction: Interaction | undefined): Finding[] {
  if (!info) return [];
  const { operation, title, message } = info.failure;
  const [told = ''] = message.split(/\n\s*(?:Schema|Value):/);
  const words = `${title}: ${told.slice(0, MESSAGE_LENGTH).trimEnd()}`;
  return [{ operation, check: name, message: `${words}${answerOf(interaction)}` }];
}

/** The answer that was wrong: of a problem its code and the places that it names. Others may hold secrets. */
function answerOf(interaction: Interaction | undefined): string {
  const { response } = interaction ?? {};
  if (!response) return '';
  const text = Buffer.from(response.content?.$base64 ?? '', 'base64').toString('utf8');
  return `\nanswered ${response.status_code} ${problemOf(text)}`.trimEnd();
}

function problemOf(text: string): string {
  try {
    const { code, errors = [] } = JSON.parse(text) as { code?: string; errors?: Record<string, string>[] };
    const places = errors.map(({ in: part, pointer, message }) => `${part} ${pointer} ${message}`);
    return code === undefined ? '' : [code, ...places].join(', ');
  } catch {
    return '';
  }
}
