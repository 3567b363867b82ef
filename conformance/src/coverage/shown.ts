import { asObject, resolve } from '../driver/contract.ts';

type Content = Readonly<Record<string, { pointer: string }>>;

/** Where below a schema enums are: what leads to none is left out, since every answer is looked through. */
type Plan = {
  pointer: string;
  values: readonly unknown[];
  properties: [name: string, plan: Plan][];
  items: Plan | undefined;
  alternatives: Plan[];
};

const plans = new Map<string, Plan>();

/** The values of enums that an answer's body shows, each with the place of its schema in the contract. */
export function shownMarks(content: Content, body: unknown): string[] {
  const marks = new Set<string>();
  for (const { pointer } of Object.values(content)) look(planOf(pointer), body, marks);
  return [...marks];
}

/** Every value of every enum that an answer of these media types can show. */
export function showableMarks(content: Content): string[] {
  const marks = new Set<string>();
  for (const { pointer } of Object.values(content)) listAll(planOf(pointer), marks);
  return [...marks];
}

function look(plan: Plan, value: unknown, marks: Set<string>): void {
  if (plan.values.includes(value)) marks.add(markOf(plan, value));
  for (const alternative of plan.alternatives) look(alternative, value, marks);
  if (plan.items && Array.isArray(value)) for (const item of value) look(plan.items, item, marks);
  const object = asObject(value);
  for (const [name, property] of plan.properties) if (name in object) look(property, object[name], marks);
}

function listAll(plan: Plan, marks: Set<string>): void {
  for (const value of plan.values) marks.add(markOf(plan, value));
  for (const inner of innerOf(plan)) listAll(inner, marks);
}

const markOf = ({ pointer }: Plan, value: unknown): string => `shown ${pointer} ${String(value)}`;

function innerOf({ properties, items, alternatives }: Plan): Plan[] {
  return [...properties.map(([, plan]) => plan), ...(items ? [items] : []), ...alternatives];
}

function planOf(at: string): Plan {
  const { pointer, value: schema } = resolve(at);
  const known = plans.get(pointer);
  if (known) return known;
  const inner = (part: string): Plan | undefined => {
    const plan = planOf(`${pointer}/${part}`);
    return plan.values.length > 0 || innerOf(plan).length > 0 ? plan : undefined;
  };
  const plan: Plan = {
    pointer,
    values: Array.isArray(schema['enum']) ? schema['enum'] : [],
    properties: Object.keys(asObject(schema['properties'])).flatMap((name) => {
      const property = inner(`properties/${name}`);
      return property ? [[name, property] as [string, Plan]] : [];
    }),
    items: 'items' in schema ? inner('items') : undefined,
    alternatives: Object.keys(asObject(schema['oneOf'])).flatMap((index) => inner(`oneOf/${index}`) ?? []),
  };
  plans.set(pointer, plan);
  return plan;
}
