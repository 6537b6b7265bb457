import type { Draw } from './draw.ts';
import type { Condition } from './expand-schemas.ts';
import { type Generation, NoValueError } from './generation.ts';
import type { JsonValue } from './schema-object.ts';

/** A value, and every condition that stood on its way. */
export interface Made {
  readonly value: JsonValue;
  readonly conditions: readonly Condition[];
}

/** By pointer of its question, whether a condition holds. */
type Sides = ReadonlyMap<string, boolean>;

/** How a value is made once it is said which conditions hold. */
export interface Settlement {
  /** Makes the value; equal sides give an equal value. Throws {@link NoValueError}. */
  readonly make: (sides: Sides) => Made;
  /** Draws a condition to make true; undefined where none shall be. */
  readonly draw: (() => Draw) | undefined;
}

/** Values made before conditions that chase each other are given up. */
const MAX_ROUNDS = 6;

/**
 * A value whose conditions (`if`, `dependentSchemas`) have the sides they were made with: it is made without them first,
 * then with the sides that it shows, until they agree. In half of all values one more condition is made to hold, or
 * those that chance alone never meets would never be seen.
 */
export function settle(generation: Generation, { make, draw }: Settlement): JsonValue {
  const first = make(new Map());
  if (first.conditions.length === 0) return first.value;
  const sides = sidesOf(generation, first);
  const wished = draw === undefined ? undefined : wishedSides(sides, draw());
  const wanted = wished === undefined ? undefined : settledFrom(generation, make, wished);
  if (wanted === undefined && addsNothing(first, sides)) return first.value;
  const settled = wanted ?? settledFrom(generation, make, sides);
  if (settled === undefined) throw new NoValueError('no value meets its own conditions');
  return settled.value;
}

function sidesOf({ accepts }: Generation, { value, conditions }: Made): Sides {
  return new Map(conditions.map(({ question }) => [question.pointer, accepts(question, value)]));
}

/** True where no condition holds and none asks for anything then. */
function addsNothing({ conditions }: Made, sides: Sides): boolean {
  return conditions.every(
    ({ question, otherwise }) => sides.get(question.pointer) === false && otherwise.length === 0,
  );
}

/** The same sides but for one condition that did not hold. */
function wishedSides(sides: Sides, draw: Draw): Sides | undefined {
  const open = [...sides].flatMap(([pointer, holds]) => (holds ? [] : [pointer]));
  if (open.length === 0 || draw.float() < 0.5) return undefined;
  return new Map([...sides, [draw.pick(open), true]]);
}

function settledFrom(generation: Generation, make: Settlement['make'], from: Sides): Made | undefined {
  let sides = from;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const made = madeWith(make, sides);
    if (made === undefined) return undefined;
    const shown = sidesOf(generation, made);
    if ([...shown].every(([pointer, holds]) => sides.get(pointer) === holds)) return made;
    sides = shown;
  }
  return undefined;
}

function madeWith(make: Settlement['make'], sides: Sides): Made | undefined {
  try {
    return make(sides);
  } catch (error) {
    if (error instanceof NoValueError) return undefined;
    throw error;
  }
}
