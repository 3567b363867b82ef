import { styleText } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import { demoAccounts } from '../client-server/demo.ts';
import type { StartOptions } from './start.ts';

export type ReadyBackend = {
  id: string;
  name: string;
  urls: string[];
  inviteCode: string;
  framework?: string;
  orm?: string;
  startsAt?: string | null;
};

type Started = {
  options: StartOptions;
  port: number;
  addresses: string[];
  backends: ReadyBackend[];
  inviteCode: string;
};

/** What the terminal shows once everything runs. */
export function describeStart(started: Started): string {
  const { options, inviteCode } = started;
  const parts = [
    addressWords(started),
    options.lan ? phoneWords(started) : '',
    options.demo ? loginWords(started) : '',
    backendWords(started),
    `  ${dim('Doctors sign up with the invite code')} ${inviteCode}${dim('. Ctrl-C stops everything.')}`,
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function addressWords({ options, port, addresses }: Started): string {
  const urls = options.lan ? addresses.map((address) => `https://${address}:${port}`) : [`http://localhost:${port}`];
  return ['  Duet is ready:', ...urls.map((url) => `  ${styleText(['bold', 'cyan'], url)}`)].join('\n');
}

function phoneWords({ port, addresses }: Started): string {
  const code = renderUnicodeCompact(`https://${addresses[0]}:${port}`, { border: 1 });
  return [
    code
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n'),
    '  Open it on a phone in the same network. It will warn that the connection is not private, because this machine',
    '  made the certificate itself: choose Advanced or Details, then go on to the page. Without HTTPS a browser gives',
    '  no camera. Installing as an app needs a certificate that the phone trusts.',
  ].join('\n');
}

function loginWords({ backends }: Started): string {
  const startsAt = backends.find((backend) => backend.startsAt)?.startsAt;
  const rows = demoAccounts.map(({ role, email, password }) => {
    return `  ${(role === 'doctor' ? 'doctor' : 'patient').padEnd(9)}${styleText('bold', email.padEnd(24))}${password}`;
  });
  const time = startsAt && new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(new Date(startsAt));
  return [
    `  ${dim('Log in as')}`,
    ...rows,
    ...(time
      ? [
          `  The two have an appointment at ${time}; its call is open now. Take a private window for the second of them.`,
        ]
      : []),
  ].join('\n');
}

function backendWords({ options, backends }: Started): string {
  const rows = backends.map(({ name, framework, orm, urls }) => {
    const made = framework && orm ? `${framework} · ${orm}` : '';
    return `  ${name}  ${made.padEnd(20)}  ${dim(urls.join('  '))}`;
  });
  const video = options.provider === 'peer' ? 'from browser to browser' : "through Twilio's SDK and its emulator";
  return [...rows, `  Video      ${video}`].join('\n');
}

function dim(text: string): string {
  return styleText('dim', text);
}
