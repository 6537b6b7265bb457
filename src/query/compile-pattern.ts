import { holdsCharacter } from './character-set.ts';
import { parsePattern } from './parse-pattern.ts';
import { buildMachine, MATCH, type Machine } from './pattern-machine.ts';
import type { TextMatcher, TextShape } from './text-matcher.ts';

/** Options of {@link compilePattern}. */
export interface PatternOptions {
  /** Ignore case. */
  readonly foldCase: boolean;
}

/**
 * Tests texts against a pattern, anchored at both ends. Its machine runs with all its states at once and remembers what it
 * saw, so a match costs at most text x pattern. Throws PatternError. Source: measured (tantivy patterns).
 */
export function compilePattern(pattern: string, options: PatternOptions): TextMatcher {
  return new PatternRunner(buildMachine(parsePattern(pattern)), options);
}

/** A set of states reached together, and where each character leads from it. */
interface Frontier {
  readonly members: readonly number[];
  readonly isMatch: boolean;
  readonly steps: Map<number, Frontier>;
}

const MAX_FRONTIERS = 2000;

class PatternRunner implements TextMatcher {
  readonly #machine: Machine;
  readonly #foldCase: boolean;
  readonly #start: Frontier;
  readonly #known = new Map<string, Frontier>();

  constructor(machine: Machine, { foldCase }: PatternOptions) {
    this.#machine = machine;
    this.#foldCase = foldCase;
    this.#start = toFrontier(closure(machine, [machine.start]));
  }

  matches(text: string): boolean {
    let frontier = this.#start;
    for (let at = 0; at < text.length && frontier.members.length > 0; at += 1) {
      const point = text.codePointAt(at) ?? 0;
      if (point > 0xffff) at += 1;
      frontier = frontier.steps.get(point) ?? this.#step(frontier, point);
    }
    return frontier.isMatch;
  }

  canMatchShape(shape: TextShape): boolean {
    let members = this.#start.members;
    for (const chars of shape) {
      const points = Array.from(chars, (char) => char.codePointAt(0) ?? 0);
      members = closure(
        this.#machine,
        points.flatMap((point) => this.#reach(members, point)),
      );
    }
    return members.includes(MATCH);
  }

  #step(from: Frontier, point: number): Frontier {
    const to = this.#remember(closure(this.#machine, this.#reach(from.members, point)));
    from.steps.set(point, to);
    return to;
  }

  #reach(members: readonly number[], point: number): readonly number[] {
    const reached: number[] = [];
    for (const member of members) {
      const state = this.#machine.states[member];
      if (state === undefined || !('set' in state) || member === MATCH) continue;
      if (holdsCharacter(state.set, point, this.#foldCase)) reached.push(state.next);
    }
    return reached;
  }

  #remember(members: readonly number[]): Frontier {
    const key = members.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_FRONTIERS) {
      this.#known.clear();
      this.#start.steps.clear();
    }
    const frontier = toFrontier(members);
    this.#known.set(key, frontier);
    return frontier;
  }
}

function toFrontier(members: readonly number[]): Frontier {
  return { members, isMatch: members.includes(MATCH), steps: new Map() };
}

/** The states that wait for a character, or are the end, reachable without one; in ascending order. */
function closure({ states }: Machine, seeds: readonly number[]): readonly number[] {
  const seen = new Set<number>(seeds);
  const members: number[] = [];
  for (const index of seen) {
    const state = states[index];
    if (state !== undefined && 'fork' in state) for (const next of state.fork) seen.add(next);
    else members.push(index);
  }
  return members.sort((left, right) => left - right);
}
