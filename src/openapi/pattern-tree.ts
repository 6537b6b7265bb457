/** What a part of a regular expression stands for, as far as texts for it can be made. */
export type PatternNode =
  /** One of these characters, as inclusive ranges of code points. */
  | PatternSet
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | PatternRepeat;

/** One character out of ranges. */
export interface PatternSet {
  readonly kind: 'set';
  readonly ranges: readonly CodeRange[];
  /** True for the point, which takes any character. */
  readonly isAny?: true;
}

/** A part that comes several times. */
export interface PatternRepeat {
  readonly kind: 'repeat';
  readonly part: PatternNode;
  readonly low: number;
  /** Where there is no bound, as often as is usual. */
  readonly high: number;
  readonly isBounded: boolean;
}

/** A regular expression read. */
export interface PatternReading {
  readonly tree: PatternNode;
  /** True where it also looks ahead or back: then not every text of the tree matches. */
  readonly looksAround: boolean;
  /** The characters that something further on must have, one entry for each class. */
  readonly hints: readonly (readonly CodeRange[])[];
}

/** First and last code point of a range. */
export type CodeRange = readonly [low: number, high: number];

/** Parts that no text can be made for, such as back-references. */
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

/**
 * The tree of a valid regular expression. Look-arounds stand for no text: whoever makes texts tests them afterwards.
 * Throws {@link UnsupportedPattern} for parts no text is made for.
 */
export function parsePattern(pattern: string): PatternReading {
  const parser = new PatternParser(pattern);
  const tree = parser.whole();
  return { tree, looksAround: parser.looksAround, hints: parser.hints };
}

class PatternParser {
  looksAround = false;
  readonly hints: (readonly CodeRange[])[] = [];
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

  /** One part; undefined for an anchor or a look-around, which stand for no text. */
  #atom(): PatternNode | undefined {
    const next = this.#next();
    if (next === '^' || next === '$') return undefined;
    if (next === '(') return this.#group();
    if (next === '[') return { kind: 'set', ranges: this.#class() };
    if (next === '.') return { kind: 'set', ranges: WORD, isAny: true };
    if (next === '\\') return this.#escape();
    return single(codeOf(next));
  }

  #group(): PatternNode | undefined {
    const look = this.#lookAround();
    const node = this.#choice();
    if (!this.#take(')')) throw new UnsupportedPattern('unbalanced parenthesis');
    if (look === undefined) return node;
    this.looksAround = true;
    if (look === 'ahead') this.hints.push(...setsIn(node));
    return undefined;
  }

  /** Passes over what marks a group; `ahead` where its text has to follow, `other` where it must not, or stand before. */
  #lookAround(): 'ahead' | 'other' | undefined {
    if (!this.#take('?')) return undefined;
    const kind = this.#next();
    if (kind === '=') return 'ahead';
    if (kind === '!') return 'other';
    if (kind !== '<') {
      if (kind !== ':') throw new UnsupportedPattern('flags');
      return undefined;
    }
    if (this.#take('=') || this.#take('!')) return 'other';
    while (this.#next() !== '>');
    return undefined;
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
    return { kind: 'repeat', part, ...bounds };
  }

  #bounds(): Pick<PatternRepeat, 'low' | 'high' | 'isBounded'> | undefined {
    if (this.#take('*')) return { low: 0, high: MANY, isBounded: false };
    if (this.#take('+')) return { low: 1, high: MANY, isBounded: false };
    if (this.#take('?')) return { low: 0, high: 1, isBounded: true };
    if (this.#peek() !== '{') return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + 24).join('');
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(rest);
    if (match === null) return undefined;
    this.#at += match[0].length;
    const low = Number(match[1]);
    if (match[2] === '') return { low, high: low, isBounded: true };
    const isBounded = match[3] !== '';
    return { low, high: isBounded ? Number(match[3]) : low + MANY, isBounded };
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

/** The classes of characters in a tree, those that take anything left out. */
function setsIn(node: PatternNode): (readonly CodeRange[])[] {
  switch (node.kind) {
    case 'set':
      return node.isAny === true || node.ranges.length === 0 ? [] : [node.ranges];
    case 'sequence':
      return node.parts.flatMap(setsIn);
    case 'choice':
      return node.options.flatMap(setsIn);
    case 'repeat':
      return setsIn(node.part);
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
