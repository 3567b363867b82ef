import { findKustomize, NoKustomize } from './kustomize.ts';
import type { Build } from './manifest.ts';
import { build, buildVariant, otherBackend, overlays, twilio } from './overlays.ts';
import { policies } from './policies/index.ts';
import { complaintsIn, tableOf, type Row } from './report.ts';
import { readSchemas } from './schemas.ts';
import { differencesOfTwins } from './twins.ts';

/**
 * Builds every overlay, and production's variants; checks each against the schemas and the policies.
 * @returns the exit code: 0: all is well; 1: something is not
 * @throws NoKustomize when nothing can be built here
 */
async function main(): Promise<0 | 1> {
  const kustomize = await findKustomize(process.env, console.error);
  const schemas = readSchemas();
  console.log([`kustomize ${kustomize.version}; the schemas of`, ...schemas.sources].join('\n  '));
  const builds = await Promise.all(overlays().map((name) => build(kustomize, name)));
  const switched = await buildVariant(kustomize, otherBackend);
  const all = [...builds, switched.build, (await buildVariant(kustomize, twilio)).build];
  const strict = { name: 'schemas', check: ({ manifests }: Build) => manifests.flatMap(schemas.validate) };
  const rows = [strict, ...policies].map(({ name, check }): Row => ({ promise: name, cells: all.map(check) }));
  console.log(`\n${tableOf(rows, all)}`);
  const wrong = [...complaintsIn(rows, all), ...twinsIn(builds, switched.build)];
  for (const line of wrong) console.log(line);
  for (const line of switched.before) console.log(`\nProduction with the other backend:\n- ${line.trim()}`);
  for (const line of switched.after) console.log(`+ ${line.trim()}`);
  return wrong.length === 0 ? 0 : 1;
}

function twinsIn(builds: Build[], switched: Build): string[] {
  const production = builds.find(({ name }) => name === 'overlays/production');
  const differences = production ? differencesOfTwins(production, switched) : ['production is not built'];
  return differences.map((line) => `the two backends differ in more than their letter: ${line}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof NoKustomize ? 2 : 1;
}
