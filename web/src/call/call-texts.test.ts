import { expect, it } from 'vitest';
import type { CallFailureKind, CallState, EndedReason, Quality } from './call-session.ts';
import german from './call.de.json' with { type: 'json' };
import english from './call.en.json' with { type: 'json' };
import type { DeviceNotice } from './media/use-devices.ts';

/** The compiler holds these to the types, and each test the texts to these. */
type Texts = {
  state: Record<CallState, string>;
  ended: Record<EndedReason, string>;
  quality: Record<Quality, string>;
  failure: Record<CallFailureKind, { title: string; way: string }>;
  notice: Record<DeviceNotice['kind'], Record<DeviceNotice['reason'], string>>;
};
const inEnglish: Texts = english.call;
const inGerman: Texts = german.call;

it('both languages say the same things, with the same gaps', () => {
  expect(shapeOf(inGerman)).toEqual(shapeOf(inEnglish));
});

function shapeOf(texts: unknown): unknown {
  if (typeof texts === 'string') return [...texts.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
  return Object.fromEntries(Object.entries(texts as object).map(([key, value]) => [key, shapeOf(value)]));
}
