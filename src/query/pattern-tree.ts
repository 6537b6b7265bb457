import type { CharacterSet } from './character-set.ts';

/** What a pattern says. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

/** Why a text is no pattern: malformed, or something the engine does not have. */
export class PatternError extends Error {
  readonly kind: 'bad_value' | 'unsupported';

  constructor(kind: 'bad_value' | 'unsupported', message: string) {
    super(message);
    this.name = 'PatternError';
    this.kind = kind;
  }
}
