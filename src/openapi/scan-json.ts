/** Deepest nesting that is read; deeper texts are refused before they can exhaust the stack. */
export const MAX_JSON_DEPTH = 500;

/** What {@link scanJson} found: the offset of the value looked for, or of the first mistake. */
export interface JsonScan {
  /** Offset of the value at the pointer (of its name, where it has one), or of its closest ancestor. */
  readonly offset: number;
  /** What is wrong with the text and where, if anything is. */
  readonly mistake?: { readonly offset: number; readonly reason: string };
}

/** How strictly a text is read. */
export interface JsonScanOptions {
  /** True makes a name that an object has twice a mistake; JSON allows it, and the last one counts. */
  readonly uniqueNames?: boolean;
}

/**
 * Finds where the value at a pointer stands in a JSON text, or the first mistake in it.
 * `JSON.parse` says neither reliably: its messages differ between engines and often have no position.
 */
export function scanJson(text: string, steps: readonly string[], options: JsonScanOptions = {}): JsonScan {
  const scanner = new JsonScanner(text, steps, options);
  try {
    scanner.document();
    return { offset: scanner.found };
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error;
    return { offset: scanner.found, mistake: { offset: error.offset, reason: error.message } };
  }
}

class JsonMistake extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
// A control character ends the match, so that the mistake is reported where it stands.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /true|false|null/y;
const BLANK = /[ \t\r\n]*/y;

class JsonScanner {
  /** Offset of the deepest value on the way to the pointer. */
  found = 0;
  #offset = 0;
  #depth = 0;
  readonly #text: string;
  readonly #steps: readonly string[];
  readonly #uniqueNames: boolean;

  constructor(text: string, steps: readonly string[], { uniqueNames = false }: JsonScanOptions) {
    this.#text = text;
    this.#steps = steps;
    this.#uniqueNames = uniqueNames;
  }

  document(): void {
    this.#value(0);
    this.#blank();
    if (this.#offset < this.#text.length) this.#fail('text after the end of the value');
  }

  /** `matched` counts the steps that lead here, or is -1 off the way. */
  #value(matched: number, keyOffset?: number): void {
    this.#blank();
    if (matched >= 0) this.found = keyOffset ?? this.#offset;
    const start = this.#text[this.#offset];
    if (start === '{') this.#members(matched);
    else if (start === '[') this.#items(matched);
    else if (start === '"') this.#string();
    else if (this.#take(LITERAL) === undefined && this.#take(NUMBER) === undefined) this.#failHere('a value');
  }

  #members(matched: number): void {
    if (this.#opens('}')) return;
    const names = new Set<string>();
    do {
      this.#blank();
      const keyOffset = this.#offset;
      const name = this.#string();
      if (this.#uniqueNames && names.has(name)) {
        this.#offset = keyOffset;
        this.#fail(`the name ${JSON.stringify(name)} is there twice`);
      }
      names.add(name);
      this.#blank();
      if (this.#text[this.#offset] !== ':') this.#failHere('":"');
      this.#offset++;
      this.#value(this.#next(matched, name), keyOffset);
    } while (this.#continues('}'));
  }

  #items(matched: number): void {
    if (this.#opens(']')) return;
    let index = 0;
    do this.#value(this.#next(matched, String(index++)));
    while (this.#continues(']'));
  }

  /** Steps into an object or array; true where it is empty and already over. */
  #opens(end: string): boolean {
    this.#offset++;
    this.#depth++;
    if (this.#depth > MAX_JSON_DEPTH) this.#fail(`nested deeper than ${MAX_JSON_DEPTH} levels`);
    this.#blank();
    return this.#closes(end);
  }

  #closes(end: string): boolean {
    if (this.#text[this.#offset] !== end) return false;
    this.#offset++;
    this.#depth--;
    return true;
  }

  /** True after a comma, false after the closing bracket. */
  #continues(end: string): boolean {
    this.#blank();
    if (this.#closes(end)) return false;
    if (this.#text[this.#offset] !== ',') this.#failHere(`"," or "${end}"`);
    this.#offset++;
    return true;
  }

  #next(matched: number, step: string): number {
    return matched >= 0 && this.#steps[matched] === step ? matched + 1 : -1;
  }

  #string(): string {
    const token = this.#take(STRING);
    if (token === undefined && this.#text[this.#offset] === '"')
      this.#fail('the string is not closed, or holds a character that JSON forbids');
    if (token === undefined) this.#failHere('a string in double quotes');
    return String(JSON.parse(token));
  }

  #blank(): void {
    this.#take(BLANK);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const token = pattern.exec(this.#text)?.[0];
    this.#offset += token?.length ?? 0;
    return token;
  }

  #failHere(expected: string): never {
    const found = this.#text[this.#offset];
    this.#fail(
      `expected ${expected}, found ${found === undefined ? 'the end of the file' : JSON.stringify(found)}`,
    );
  }

  #fail(reason: string): never {
    throw new JsonMistake(this.#offset, reason);
  }
}
