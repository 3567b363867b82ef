import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRules, idOf } from './check-rules.ts';
import { documentWithRules, type Document } from './document-with-rules.ts';
import { readRules } from './read-rules.ts';

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="44" height="12"><text y="10" font-family="sans-serif" font-size="11">Redocly</text></svg>';
const output = fileURLToPath(new URL('../report/api.html', import.meta.url));

async function readDocument(): Promise<Document> {
  return JSON.parse(await readFile(new URL('generated/openapi.json', import.meta.url), 'utf8'));
}

async function writeDocument(path: string): Promise<void> {
  const pages = await readRules();
  const { catalogue, mistakes } = checkRules(pages, undefined);
  if (mistakes.length > 0) throw new Error(`The rules have mistakes:\n${mistakes.join('\n')}`);
  const entries = pages.flatMap((page) => {
    const rule = catalogue[idOf(page)];
    return rule ? [{ id: idOf(page), rule, page }] : [];
  });
  await writeFile(path, JSON.stringify(documentWithRules(await readDocument(), entries)));
}

function buildPage(documentPath: string): void {
  const redocly = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
  const config = fileURLToPath(new URL('redocly.yaml', import.meta.url));
  const options = [
    '--config',
    config,
    '--inlineBundle',
    '--openapi.layout',
    'stacked',
    '--title',
    'Duet: the contract',
    '--output',
    output,
  ];
  execFileSync(process.execPath, [redocly, 'build-docs', documentPath, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The page stands alone: Redocly's logo and its telemetry, which is off, are the two places that name another host. */
async function finishPage(): Promise<void> {
  const page = await readFile(output, 'utf8');
  const style = '<style>td code { white-space: nowrap; }</style>';
  const offline = page
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/[a-z-]+\.svg/g, `data:image/svg+xml,${encodeURIComponent(logo)}`)
    .replaceAll('https://otel.cloud.redocly.com/v1/traces', '')
    .replaceAll(/https:\/\/cdn\.redocly\.com\/icons\/[a-z]+\/[\d.]+/g, 'data:,');
  await writeFile(output, offline.replace('</head>', `${style}</head>`));
}

const folder = await mkdtemp(join(tmpdir(), 'duet-docs-'));
try {
  await mkdir(new URL('../report/', import.meta.url), { recursive: true });
  await writeDocument(join(folder, 'openapi.json'));
  buildPage(join(folder, 'openapi.json'));
  await finishPage();
  console.log(`Wrote ${output}`);
} finally {
  await rm(folder, { recursive: true });
}
