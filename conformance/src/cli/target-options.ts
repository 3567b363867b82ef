import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { connectToEmulator } from '../../twilio-emulator/control/remote-control.ts';
import type { TwilioAccess } from '../providers.ts';
import { wordsOf } from '../stack/errors.ts';
import { readLauncher } from '../stack/launcher.ts';
import { CouldNotJudge, probeTarget, type SuiteTarget } from '../target.ts';
import { collect, seconds } from './values.ts';

/** The options that describe servers which run already. */
export type TargetOptions = {
  target: string[];
  basePath: string;
  header: string[];
  ca?: string;
  timeout: number;
  inviteCode: string[];
  launcher: string[];
  twilioControl: string[];
  yes: boolean;
};

type Unprobed = Omit<SuiteTarget, 'meta'>;

export function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--target <[name=]url[,url…]>',
      'a server to judge, with the URLs of its replicas (repeatable)',
      collect,
      [],
    )
    .option('--base-path <path>', 'put before every path of the contract', '')
    .option('--header <name: value>', 'sent with every request (repeatable)', collect, [])
    .option('--ca <file>', 'the certificate authority to trust, PEM')
    .addOption(
      new Option('--timeout <seconds>', 'how long one answer may take').argParser(seconds).default(30_000, '30'),
    )
    .option('--invite-code <[name=]code>', 'with which doctors register (repeatable)', collect, [])
    .option(
      '--launcher <[name=]file>',
      'how the target is started, for the rules that need it (repeatable)',
      collect,
      [],
    )
    .option(
      '--twilio-control <[name=]url>',
      'the control address of the emulator (duet twilio-emulator) that stands in for Twilio behind it (repeatable)',
      collect,
      [],
    )
    .option('--yes', 'fill the databases of the targets without asking', false);
}

/**
 * The targets that the options describe, each asked who it is.
 * @throws CouldNotJudge or StartError, one line with the cause and the way out.
 */
export async function probeTargets(options: TargetOptions): Promise<SuiteTarget[]> {
  const targets = parseTargets(options);
  const names = targets.map(({ name }) => name);
  const controls = assign('--twilio-control', options.twilioControl, names);
  return Promise.all(
    targets.map(async (target) => {
      const control = controls.get(target.name);
      return probeTarget({ ...target, ...(control !== undefined && { twilio: await readEmulator(control) }) });
    }),
  );
}

async function readEmulator(controlUrl: string): Promise<TwilioAccess> {
  try {
    return { controlUrl, ...(await connectToEmulator(controlUrl).readAccount()) };
  } catch (error) {
    throw new CouldNotJudge(
      `--twilio-control ${controlUrl}: no emulator answers there (${wordsOf(error)}): duet twilio-emulator prints its control's address`,
    );
  }
}

/** The targets as the options say, unasked. */
export function parseTargets(options: TargetOptions): Unprobed[] {
  if (options.ca && !existsSync(options.ca)) throw new CouldNotJudge(`--ca ${options.ca}: there is no such file`);
  const headers = Object.fromEntries(options.header.map(parseHeader));
  const places = options.target.map(parseTarget);
  const names = places.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new CouldNotJudge(`two targets are called ${twice}: name them, --target one=… --target other=…`);
  const codes = assign('--invite-code', options.inviteCode, names);
  const launchers = assign('--launcher', options.launcher, names);
  return places.map(({ name, urls }) => {
    const file = launchers.get(name);
    return {
      name,
      urls,
      basePath: options.basePath === '' ? '' : `/${options.basePath.replaceAll(/^\/+|\/+$/g, '')}`,
      headers,
      ca: options.ca,
      timeoutMs: options.timeout,
      inviteCode: codes.get(name) ?? null,
      launcher: file === undefined ? undefined : readLauncher(file),
    };
  });
}

function parseTarget(text: string): { name: string; urls: string[] } {
  const [, given, list = ''] = /^(?:([\w.-]+)=)?(.*)$/s.exec(text) ?? [];
  const urls = list.split(',').map((url) => parseUrl(text, url.trim()));
  const twice = urls.find((url, index) => urls.indexOf(url) !== index);
  // Counted as two replicas, one would pass what is said of another.
  if (twice) throw new CouldNotJudge(`--target ${text}: ${twice} is given twice; give each replica's own URL`);
  return { name: given ?? new URL(urls[0] ?? '').host, urls };
}

function parseUrl(target: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new CouldNotJudge(
      `--target ${target}: "${text}" is no http(s) URL; write --target http://localhost:3000 or --target name=http://…,http://…`,
    );
  }
  const { origin, pathname, search, hash, username, password } = new URL(text);
  if (username || password)
    throw new CouldNotJudge(
      `--target ${origin}: a URL must not hold a password; give it with --header 'Authorization: …'`,
    );
  if (pathname !== '/' || search || hash)
    throw new CouldNotJudge(
      `--target ${target}: a target is an origin; write --target ${origin} --base-path ${pathname}`,
    );
  return origin;
}

function parseHeader(text: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*([\t\x20-\x7e]*)$/.exec(text) ?? [];
  if (name && value !== undefined) return [name.toLowerCase(), value.trim()];
  throw new CouldNotJudge(`--header "${text.split(/[:=]/)[0]}…" is no header; write --header 'Name: value'`);
}

/** Values given as `name=value` belong to that target, a bare one to all targets. */
function assign(option: string, values: string[], names: string[]): Map<string, string> {
  const assigned = new Map<string, string>();
  for (const value of values) {
    const name = names.find((known) => value.startsWith(`${known}=`));
    if (!name && option === '--launcher' && names.length > 1) {
      throw new CouldNotJudge(
        `--launcher ${value}: say whose it is, --launcher ${names[0]}=${value.replace(/^[\w.-]+=/, '')}; the targets are ${names.join(', ')}`,
      );
    }
    for (const owner of name ? [name] : names) assigned.set(owner, name ? value.slice(name.length + 1) : value);
  }
  return assigned;
}
