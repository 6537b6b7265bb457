import type { GenerateOptions } from '../openapi/generate-value.ts';
import type { NameSource } from '../openapi/name-source.ts';
import type { World } from '../world/world.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Clock } from './clock.ts';
import { namesOfWorld } from './world-names.ts';

/** What made-up answers of one mock have in common. */
export interface AnswerSource {
  /**
   * The options for an answer to a request: the same world, operation and request give the same answer. Times are
   * placed around the beginning of the clock's day (UTC), so that an answer does not change from call to call.
   */
  optionsFor(
    operation: { readonly method: string; readonly path: string },
    request: unknown,
  ): GenerateOptions;
  /** The options for a value that belongs to something with a name of its own; times are placed around `now`. */
  optionsAt(key: string, now: number): GenerateOptions;
}

/** What answers are made from. */
export interface AnswerSourceOptions {
  readonly world: World;
  readonly clock: Clock;
  /** True takes examples of the document wherever there are some. */
  readonly prefersExamples: boolean;
  /** Resolves `x-faker`; absent where no document names it or examples are not asked for. */
  readonly faker?: NonNullable<GenerateOptions['faker']> | undefined;
}

const DAY_MS = 86_400_000;

/** Makes the source. The names of the world are gathered when the first answer is made. */
export function createAnswerSource({
  world,
  clock,
  prefersExamples,
  faker,
}: AnswerSourceOptions): AnswerSource {
  let names: NameSource | undefined;
  const optionsAt = (key: string, now: number): GenerateOptions => {
    names ??= namesOfWorld(world);
    return {
      key: `${world.identity} ${key}`,
      now,
      names,
      prefersExamples,
      ...(faker === undefined ? {} : { faker }),
    };
  };
  return {
    optionsAt,
    optionsFor: ({ method, path }, request) =>
      optionsAt(`${method} ${path} ${canonicalJson(request)}`, Math.floor(clock() / DAY_MS) * DAY_MS),
  };
}
