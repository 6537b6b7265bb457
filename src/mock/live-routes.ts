import type { World } from '../world/world.ts';
import { type AnswerSourceOptions, createAnswerSource } from './answer-source.ts';
import { createRoutes } from './create-routes.ts';
import type { MockParts } from './mock-parts.ts';
import type { RouteTable } from './route-table.ts';
import type { ServedDocument } from './served-documents.ts';

/** What may change while a mock runs. */
export interface MockSources {
  readonly world: World;
  readonly served: readonly ServedDocument[];
}

/** What does not. */
export interface LiveRoutesContext
  extends Pick<MockParts, 'options' | 'traits' | 'clock' | 'logger' | 'isReady'> {
  readonly faker: AnswerSourceOptions['faker'];
}

/** Routes that follow their sources: a request sees either all of the old or all of the new. */
export interface LiveRoutes {
  readonly table: () => RouteTable;
  readonly sources: () => MockSources;
  /** Takes changed sources over, all at once. */
  take(changed: Partial<MockSources>): void;
}

/** The routes of a world and documents. */
export function createLiveRoutes(first: MockSources, { faker, ...context }: LiveRoutesContext): LiveRoutes {
  const build = (sources: MockSources): { sources: MockSources; table: RouteTable } => {
    const { world } = sources;
    const { clock, options } = context;
    const answers = createAnswerSource({ world, clock, prefersExamples: options.preferExamples, faker });
    return { sources, table: createRoutes({ ...context, ...sources, answers }) };
  };
  let live = build(first);
  return {
    table: () => live.table,
    sources: () => live.sources,
    take: (changed) => {
      live = build({ ...live.sources, ...changed });
    },
  };
}
