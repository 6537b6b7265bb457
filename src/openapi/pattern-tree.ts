/** What a part of a regular expression stands for, as far as texts for it can be made. */
export type PatternNode =
  /** One of these characters, as inclusive ranges of code points. */
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[] }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly low: number; readonly high: number };

/** First and last code point of a range. */
export type CodeRange = readonly [low: number, high: number];

/** Parts that no text can be made for, such as look-arounds and back-references. */
export class UnsupportedPattern extends Error {}

/** How often an unbounded part is repeated at most. */
const MANY = 8;

const DIGITS: readonly CodeRange[] = [[48, 57]];
const LETTERS: readonly CodeRange[] = [
  [97, 122],
  [65, 90],
];
const WORD: readonly CodeRange[] = [...LETTERS, ...DIGITS, [95, 95]];
const SPACE: readonly CodeRange[] = [[32, 32]];
const PRINTABLE: readonly CodeRange[] = [[32, 126]];

const CLASSES: Readonly<Record<string, readonly CodeRange[]>> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: without(PRINTABLE, DIGITS),
  W: without(PRINTABLE, WORD),
  S: without(PRINTABLE, SPACE),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** Unicode properties, by the letters of ASCII that have them. */
const PROPERTIES: Readonly<Record<string, readonly CodeRange[]>> = {
  L: LETTERS,
  Letter: LETTERS,
  Alphabetic: LETTERS,
  Lu: [[65, 90]],
  Ll: [[97, 122]],
  N: DIGITS,
  Nd: DIGITS,
};

/** The tree of a valid regular expression. Throws {@link UnsupportedPattern} for parts no text is made for. */
export function parsePattern(pattern: string): PatternNode {
  const parser = new PatternParser(pattern);
  return parser.whole();
}

class PatternParser {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  whole(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#characters.length) throw new UnsupportedPattern('unbalanced parenthesis');
    return node;
  }

  #choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      const part = this.#atom();
      if (part !== undefined) parts.push(this.#quantified(part));
    }
    return { kind: 'sequence', parts };
  }

  /** One part; undefined for an anchor, which stands for no text. */
  #atom(): PatternNode | undefined {
    const next = this.#next();
    if (next === '^' || next === '$') return undefined;
    if (next === '(') return this.#group();
    if (next === '[') return { kind: 'set', ranges: this.#class() };
    if (next === '.') return { kind: 'set', ranges: WORD };
    if (next === '\\') return this.#escape();
    return single(codeOf(next));
  }

  #group(): PatternNode {
    if (this.#take('?')) {
      const kind = this.#next();
      if (kind === '<' && this.#peek() !== '=' && this.#peek() !== '!') while (this.#next() !== '>');
      else if (kind !== ':') throw new UnsupportedPattern('look-arounds');
    }
    const node = this.#choice();
    if (!this.#take(')')) throw new UnsupportedPattern('unbalanced parenthesis');
    return node;
  }

  #escape(): PatternNode | undefined {
    const next = this.#peek();
    if (next === 'b') {
      this.#next();
      return undefined;
    }
    if (next !== undefined && /[1-9Bk]/.test(next)) throw new UnsupportedPattern('back-references');
    return { kind: 'set', ranges: this.#escaped() };
  }

  /** What stands behind a backslash, in a class or outside. */
  #escaped(): readonly CodeRange[] {
    const letter = this.#next();
    const known = CLASSES[letter];
    if (known !== undefined) return known;
    if (letter === 'p' || letter === 'P') return this.#property(letter === 'P');
    const control = CONTROLS[letter];
    if (control !== undefined) return [[control, control]];
    if (letter === 'x') return [this.#hex(2)];
    if (letter === 'u') return [this.#take('{') ? this.#hexUntilBrace() : this.#hex(4)];
    return [[codeOf(letter), codeOf(letter)]];
  }

  #property(isNegated: boolean): readonly CodeRange[] {
    const text = this.#take('{') ? this.#until('}') : this.#next();
    const ranges = PROPERTIES[text.replace(/^(?:General_Category|gc)=/, '')];
    if (ranges === undefined) throw new UnsupportedPattern(`the property \\p{${text}}`);
    return isNegated ? without(PRINTABLE, ranges) : ranges;
  }

  #class(): readonly CodeRange[] {
    const isNegated = this.#take('^');
    const ranges: CodeRange[] = [];
    while (!this.#take(']')) {
      const low = this.#classItem();
      const isRange = this.#peek() === '-' && this.#characters[this.#at + 1] !== ']';
      const first = low[0];
      if (!isRange || low.length !== 1 || first === undefined) {
        ranges.push(...low);
        continue;
      }
      this.#next();
      const [high = first] = this.#classItem();
      ranges.push([first[0], high[1]]);
    }
    return isNegated ? without(PRINTABLE, ranges) : ranges;
  }

  #classItem(): readonly CodeRange[] {
    const next = this.#next();
    if (next !== '\\') return [[codeOf(next), codeOf(next)]];
    if (this.#take('b')) return [[8, 8]];
    return this.#escaped();
  }

  #quantified(part: PatternNode): PatternNode {
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    this.#take('?');
    const [low, high] = bounds;
    return { kind: 'repeat', part, low, high };
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, MANY];
    if (this.#take('+')) return [1, MANY];
    if (this.#take('?')) return [0, 1];
    if (this.#peek() !== '{') return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + 24).join('');
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(rest);
    if (match === null) return undefined;
    this.#at += match[0].length;
    const low = Number(match[1]);
    if (match[2] === '') return [low, low];
    return [low, match[3] === '' ? low + MANY : Number(match[3])];
  }

  #hex(digits: number): CodeRange {
    const code = Number.parseInt(Array.from({ length: digits }, () => this.#next()).join(''), 16);
    return [code, code];
  }

  #hexUntilBrace(): CodeRange {
    const code = Number.parseInt(this.#until('}'), 16);
    return [code, code];
  }

  #until(end: string): string {
    let text = '';
    for (let next = this.#next(); next !== end; next = this.#next()) text += next;
    return text;
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    const next = this.#characters[this.#at++];
    if (next === undefined) throw new UnsupportedPattern('an unfinished part');
    return next;
  }
}

function single(code: number): PatternNode {
  return { kind: 'set', ranges: [[code, code]] };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** The ranges left when others are taken away. */
function without(ranges: readonly CodeRange[], taken: readonly CodeRange[]): readonly CodeRange[] {
  return taken.reduce<readonly CodeRange[]>(
    (left, [low, high]) =>
      left.flatMap(([from, to]): CodeRange[] => {
        if (high < from || low > to) return [[from, to]];
        const before: CodeRange[] = low > from ? [[from, low - 1]] : [];
        const after: CodeRange[] = high < to ? [[high + 1, to]] : [];
        return [...before, ...after];
      }),
    ranges,
  );
}
