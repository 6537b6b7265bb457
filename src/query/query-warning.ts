/**
 * What a warning is about: `and_or_trap` a clause that decides nothing, `unknown_field` a name nobody knows,
 * `empty_field` a known name that never has a value, `value_hint` a value this field never holds, `dialect` a form
 * that the plain engine refuses, `more` warnings left out.
 */
export type QueryWarningCode =
  | 'and_or_trap'
  | 'unknown_field'
  | 'empty_field'
  | 'value_hint'
  | 'dialect'
  | 'more';

/** Something that is legal and probably not what was meant. */
export interface QueryWarning {
  readonly code: QueryWarningCode;
  /** One line for a person. */
  readonly message: string;
  /** Offset in the text in UTF-16 units; undefined when the tree was compiled without its text. */
  readonly position: number | undefined;
}

const MAX_WARNINGS = 20;

/** Gathers warnings: each message once, at most 20 and a note of how many more there were. */
export class WarningList {
  readonly #warnings = new Map<string, QueryWarning>();
  #leftOut = 0;

  add(code: QueryWarningCode, message: string, position: number | undefined): void {
    if (this.#warnings.has(message)) return;
    if (this.#warnings.size >= MAX_WARNINGS) this.#leftOut += 1;
    else this.#warnings.set(message, { code, message, position });
  }

  list(): readonly QueryWarning[] {
    const warnings = [...this.#warnings.values()];
    if (this.#leftOut === 0) return warnings;
    return [
      ...warnings,
      { code: 'more', message: `${this.#leftOut} more warnings left out`, position: undefined },
    ];
  }
}
