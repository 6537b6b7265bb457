import type { Facets } from './facets.ts';
import type { NameSource } from './name-source.ts';
import type { Heights } from './schema-height.ts';
import type { JsonObject, JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';
import type { Subject } from './subject.ts';

/** What all parts of one generated value share. */
export interface Generation {
  readonly root: JsonObject;
  readonly heights: Heights;
  /** What several schemas ask of one value together. */
  readonly facetsOf: (schemas: readonly SchemaAt[]) => Facets;
  /** What schemas ask for that leave no choice, by their pointers; filled on the way. */
  readonly plainFacets: Map<string, Facets>;
  readonly names: NameSource;
  /** ms since 1970. */
  readonly now: number;
  readonly direction: 'request' | 'response';
  readonly prefersExamples: boolean;
  readonly faker: ((name: string, draw: () => number) => JsonValue | undefined) | undefined;
  /** Same key, same value. */
  readonly key: string;
  /** 0 for the first try; later ones leave more and more out, because less is wrong more seldom. */
  readonly attempt: number;
  /** Values left before everything optional is left out, and values that may be made in vain before no part is retried. */
  readonly budget: { left: number; retries: number };
  /** Makes the value at a place. Throws {@link NoValueError}. */
  readonly valueAt: (place: Place, schemas: readonly SchemaAt[]) => JsonValue;
  /** True where a value meets a schema. */
  readonly accepts: (at: SchemaAt, value: JsonValue) => boolean;
}

/** Where in a list something stands. */
export interface ListPosition {
  /** From 0. */
  readonly index: number;
  /** Number of the person, resource and connector it is about, counted beyond the end of each list of names. */
  readonly rank: number;
}

/** Where in the generated value something stands. */
export interface Place {
  /** JSON pointer into the value. */
  readonly path: string;
  /** The property's name as words; empty where there is none. */
  readonly words: string;
  /** What the surrounding object is about. */
  readonly subject: Subject;
  /** Pointers of the named schemas around, to see recursion. */
  readonly around: readonly string[];
  /** Objects and lists around. */
  readonly depth: number;
  /** Position in the surrounding list, where it was drawn from: neighbours are about different people. */
  readonly index?: ListPosition;
  /** True where believable values were all there already: any other one is better. */
  readonly isFresh?: boolean;
  /** Properties of the object here that are known already. */
  readonly given?: Readonly<Record<string, JsonValue>>;
}

/** No value could be made; the message says why. */
export class NoValueError extends Error {}
