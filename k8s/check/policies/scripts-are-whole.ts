import { at, inSameNamespace, nameOf, ofKind, type Complaint, type Manifest, type Policy } from '../manifest.ts';

/** What k6 runs is in the ConfigMap that its runners see, and so is everything that it imports: they see nothing else. */
export const scriptsAreWhole: Policy = {
  name: 'scripts-are-whole',
  check: ({ manifests }) => ofKind(manifests, 'TestRun').flatMap((run) => missingOf(run, manifests)),
};

function missingOf(run: Manifest, manifests: Manifest[]): Complaint[] {
  const { name, file } = at<{ name: string; file: string }>(run, 'spec.script.configMap') ?? { name: '', file: '' };
  const map = ofKind(manifests, 'ConfigMap').find((each) => each.metadata.name === name && inSameNamespace(each, run));
  const scripts = at<Record<string, string>>(map, 'data') ?? {};
  const needed = new Set([file]);
  // What is added meanwhile is visited too.
  for (const script of needed) for (const other of importsOf(scripts[script] ?? '')) needed.add(other);
  return [...needed]
    .filter((script) => !(script in scripts))
    .map((script) => ({ where: nameOf(run), cause: `needs ${script}, which the ConfigMap ${name} lacks` }));
}

/** Types alone are not imported when it runs. */
function importsOf(script: string): string[] {
  return [...script.matchAll(/^(?:import|export) (?!type )[^;]*?from '\.\/([^']+)';/gm)].map(([, file = '']) => file);
}
