import type { CharacterSet } from './character-set.ts';
import { PatternError, type PatternNode } from './pattern-tree.ts';

/** A step that takes one character, or a fork that takes none. */
export type MachineState =
  | { readonly set: CharacterSet; readonly next: number }
  | { readonly fork: readonly [number, number] };

/** A pattern as states; state {@link MATCH} is the end and leads nowhere. */
export interface Machine {
  readonly states: readonly MachineState[];
  readonly start: number;
}

/** Number of the state in which the pattern has matched. */
export const MATCH = 0;

/** Most states of a pattern's machine. Source: assumed (the engine has a limit of its own). */
export const MAX_PATTERN_STATES = 1000;

const MAX_BUILD_STEPS = 100_000;

/** Builds the machine of a pattern. Throws PatternError when it is too big. */
export function buildMachine(pattern: PatternNode): Machine {
  const builder = new MachineBuilder();
  return { start: builder.build(pattern, MATCH), states: builder.states };
}

class MachineBuilder {
  readonly states: MachineState[] = [{ set: { ranges: [], isNegated: false }, next: MATCH }];
  #steps = 0;

  /** Adds the states of a node that leads on to `next`; gives the state where it begins. */
  build(node: PatternNode, next: number): number {
    // Counts of empty groups add no state, so work is bounded as well.
    this.#steps += 1;
    if (this.#steps > MAX_BUILD_STEPS) throw tooBig();
    switch (node.kind) {
      case 'set':
        return this.#add({ set: node.set, next });
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.build(part, after), next);
      case 'choice':
        return node.options
          .map((option) => this.build(option, next))
          .reduceRight((after, option) => this.#add({ fork: [option, after] }));
      case 'repeat':
        return this.#buildRepeat(node, next);
    }
  }

  #buildRepeat(node: Extract<PatternNode, { kind: 'repeat' }>, next: number): number {
    let after = next;
    if (node.max === Number.POSITIVE_INFINITY) {
      after = this.#add({ fork: [next, next] });
      this.states[after] = { fork: [this.build(node.part, after), next] };
    } else {
      for (let count = node.min; count < node.max; count += 1) {
        after = this.#add({ fork: [this.build(node.part, after), next] });
      }
    }
    for (let count = 0; count < node.min; count += 1) after = this.build(node.part, after);
    return after;
  }

  #add(state: MachineState): number {
    if (this.states.length >= MAX_PATTERN_STATES) throw tooBig();
    return this.states.push(state) - 1;
  }
}

function tooBig(): PatternError {
  return new PatternError('unsupported', `patterns of more than ${MAX_PATTERN_STATES} steps`);
}
