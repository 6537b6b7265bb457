import type { Contains, Facets } from './facets.ts';
import type { Generation } from './generation.ts';
import type { JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';

/** Counts the items of a growing list that meet each `contains`, so that none comes too often or too seldom. */
export class ListCount {
  readonly #accepts: Generation['accepts'];
  readonly #counts: { readonly rule: Contains; found: number }[];

  constructor({ accepts }: Pick<Generation, 'accepts'>, { contains }: Facets) {
    this.#accepts = accepts;
    this.#counts = contains.map((rule) => ({ rule, found: 0 }));
  }

  /** Counts an item that is now in the list. */
  add(item: JsonValue): void {
    for (const count of this.#counts) if (this.#accepts(count.rule.at, item)) count.found++;
  }

  /** False for an item that would be one too many of its kind. */
  admits(item: JsonValue): boolean {
    return this.#counts.every(({ rule, found }) => found < rule.most || !this.#accepts(rule.at, item));
  }

  /** Items still asked for, if no item counts twice. */
  missing(): number {
    return this.#counts.reduce((sum, { rule, found }) => sum + Math.max(0, rule.least - found), 0);
  }

  /** True where items are still asked for. */
  lacks(): boolean {
    return this.missing() > 0;
  }

  /** What the next item has to be for the list to become complete; empty where it may be anything. */
  asked(): readonly SchemaAt[] {
    const lacking = this.#counts.find(({ rule, found }) => found < rule.least);
    return lacking === undefined ? [] : [lacking.rule.at];
  }
}
