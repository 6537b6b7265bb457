import type { ColumnSource } from './columns.ts';
import type { BoundField, Scalar } from './field.ts';
import { holdsNumber } from './intervals.ts';
import { ENTITY_COLUMNS, type EntityColumn } from './session-fields.ts';
import { addressesOf, numbersOf, textsOf, tokensOf, type ValueTest } from './value-test.ts';

/** For each entry of a dictionary: 1 where a test passes. */
export type TruthTable = Uint8Array;

/**
 * Answers tests for whole dictionaries: every entry is read, cut into tokens and indexed once, on first use.
 * Good for as long as the source's dictionaries are.
 */
export class DictionaryIndex {
  readonly source: ColumnSource;
  readonly #views = new Map<string, FieldView>();

  constructor(source: ColumnSource) {
    this.source = source;
  }

  /** The entries whose value passes. */
  tableOf(column: EntityColumn, field: BoundField, test: ValueTest): TruthTable {
    const view = this.#viewOf(column, field);
    const table = new Uint8Array(view.entries.length);
    if ('exact' in test && test.exact !== undefined) {
      const postings = view.postings(test.on);
      for (const text of test.exact) for (const entry of postings.get(text) ?? []) table[entry] = 1;
      return table;
    }
    const passes = entryTest(view, test);
    for (let entry = 0; entry < table.length; entry += 1) table[entry] = passes(entry) ? 1 : 0;
    return table;
  }

  #viewOf(column: EntityColumn, field: BoundField): FieldView {
    const known = this.#views.get(field.path);
    if (known !== undefined) return known;
    const view = new FieldView(
      field,
      this.source.dictionary(column).map((entry) => field.read(entry)),
    );
    this.#views.set(field.path, view);
    return view;
  }
}

/** Tells whether a field's column has a dictionary. */
export function isEntityColumn(column: string | undefined): column is EntityColumn {
  return ENTITY_COLUMNS.some((known) => known === column);
}

function entryTest(view: FieldView, test: ValueTest): (entry: number) => boolean {
  switch (test.on) {
    case 'presence':
      return (entry) => (view.entries[entry]?.length ?? 0) > 0;
    case 'tokens':
      return (entry) => view.tokens[entry]?.some((tokens) => test.accepts(tokens)) ?? false;
    case 'text':
      return (entry) => view.texts[entry]?.some((text) => test.accepts(text)) ?? false;
    case 'address':
      return (entry) => view.addresses[entry]?.some((key) => test.accepts(key)) ?? false;
    case 'number':
      return (entry) =>
        numbersOf(view.field, view.entries[entry] ?? []).some((number) =>
          holdsNumber(test.intervals, number),
        );
  }
}

/** The values of one field in every entry, in the forms that tests ask for, each made once. */
class FieldView {
  readonly field: BoundField;
  readonly entries: readonly (readonly Scalar[])[];
  readonly #postings = new Map<string, ReadonlyMap<string, readonly number[]>>();
  #texts: readonly (readonly string[])[] | undefined;
  #tokens: readonly (readonly (readonly string[])[])[] | undefined;
  #addresses: readonly (readonly string[])[] | undefined;

  constructor(field: BoundField, entries: readonly (readonly Scalar[])[]) {
    this.field = field;
    this.entries = entries;
  }

  get texts(): readonly (readonly string[])[] {
    this.#texts ??= this.entries.map(textsOf);
    return this.#texts;
  }

  get tokens(): readonly (readonly (readonly string[])[])[] {
    this.#tokens ??= this.entries.map((values) => tokensOf(this.field, values));
    return this.#tokens;
  }

  get addresses(): readonly (readonly string[])[] {
    this.#addresses ??= this.entries.map(addressesOf);
    return this.#addresses;
  }

  /** Which entries hold a text, token or address. */
  postings(on: ValueTest['on']): ReadonlyMap<string, readonly number[]> {
    const known = this.#postings.get(on);
    if (known !== undefined) return known;
    const postings = new Map<string, number[]>();
    this.#keys(on).forEach((keys, entry) => {
      for (const key of keys) {
        const entries = postings.get(key);
        if (entries === undefined) postings.set(key, [entry]);
        else entries.push(entry);
      }
    });
    this.#postings.set(on, postings);
    return postings;
  }

  #keys(on: ValueTest['on']): readonly (readonly string[])[] {
    if (on === 'tokens') return this.tokens.map((lists) => lists.flat());
    return on === 'address' ? this.addresses : this.texts;
  }
}
