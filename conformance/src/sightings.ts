import { expect } from 'vitest';
import type { Answer } from './driver/answer.ts';

/** A strong entity tag, as RFC 9110 spells it. */
export const STRONG_TAG = /^"[\x21\x23-\x7e\x80-\xff]*"$/;

/** Remembers what was seen and holds that bodies and ETags name each other. */
export class Sightings {
  readonly #tags = new Map<string, string>();
  readonly #bodies = new Map<string, string>();

  /**
   * Adds a 200 with its ETag.
   * @returns the ETag
   * @throws AssertionError when an equal body had another one, or another body this one
   */
  add(answer: Answer): string {
    expect(answer.status, answer.text).toBe(200);
    const tag = answer.headers['etag'] ?? '';
    expect(tag).toMatch(STRONG_TAG);
    expect(this.#tags.get(answer.text) ?? tag, 'equal bodies share their ETag').toBe(tag);
    expect(this.#bodies.get(tag) ?? answer.text, 'different bodies share no ETag').toBe(answer.text);
    this.#tags.set(answer.text, tag);
    this.#bodies.set(tag, answer.text);
    return tag;
  }

  /** How many different representations were seen. */
  get count(): number {
    return this.#bodies.size;
  }
}
