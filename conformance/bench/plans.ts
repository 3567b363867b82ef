import { existingBackends } from '../src/stack/backends.ts';
import { stripTypes, type OlderNode } from './node-versions/find-node.ts';
import type { Series } from './study/records.ts';
import { majorOf } from './study/words/subjects.ts';
import type { SubjectPlan } from './subjects.ts';

/** The floor, each backend that is here, as shipped on the older Node too, and the floor again. */
export function plansOf(series: Series[], older?: OlderNode): SubjectPlan[] {
  const node = process.version;
  const backends = existingBackends().flatMap((id): SubjectPlan[] => {
    const product = `backend-${id}` as const;
    const measured = { product, role: 'measured' } as const;
    const own = series.map((one): SubjectPlan => {
      const name = one === 'statements' ? product : `${product} ${one}`;
      return { ...measured, name, series: one, node };
    });
    if (!older) return own;
    const onOlder = { program: older.path, node: older.version, nodeOptions: stripTypes };
    return [
      ...own,
      { ...measured, ...onOlder, name: `${product} node${majorOf(older.version)}`, series: 'statements' },
    ];
  });
  return [
    { name: 'floor', product: 'floor', role: 'floor', series: null, node },
    ...backends,
    { name: 'floor again', product: 'floor', role: 'control', series: null, node },
  ];
}
