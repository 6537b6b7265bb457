import { KitError } from '../errors.ts';
import { zipfWeights } from './alias-table.ts';
import type { Cast } from './cast.ts';
import { reaches } from './places.ts';
import type { Reach, Scenario, ScenarioFlow } from './scenario.ts';

/** Resource numbers each actor of a stream chooses from, the favourite first; one list when nobody acts. */
export type UserChoices = readonly Uint16Array[];

/** Resources one actor chooses from in one stream, at most. */
const MAX_CHOICES = 16;
const STEPS = 256;

const RANKS: readonly Uint8Array[] = Array.from({ length: MAX_CHOICES + 1 }, (_, size) => rankTable(size));

/** The choice a draw makes from a list: Zipf by rank. 0 for an empty list. */
export function pickResource(list: Uint16Array | undefined, drawn: number): number {
  if (list === undefined || list.length === 0) return 0;
  return list[RANKS[list.length]?.[drawn >>> 24] ?? 0] ?? 0;
}

/** What a stream connects to. */
export interface ChoiceRequest {
  readonly scenario: Scenario;
  readonly flow: ScenarioFlow;
  readonly technologies: readonly string[];
}

/**
 * For each actor the favourites of these technologies, or else what is in reach. An empty list of
 * technologies gives empty choices. Throws KitError `ERR_SCENARIO_INVALID` when an actor has nothing to choose.
 */
export function choicesOf(cast: Cast, actors: Uint16Array, request: ChoiceRequest): UserChoices {
  if (request.technologies.length === 0) return [];
  const codes = actors.length === 0 ? [0] : [...actors];
  return codes.map((code) => {
    const favourites = favouriteCodes(cast, code, request);
    const list = favourites.length > 0 ? favourites : reachableCodes(cast, code, request);
    if (list.length === 0) {
      const reason = `${request.flow.name}: nothing of ${request.technologies.join(', ')} is in reach`;
      throw new KitError('ERR_SCENARIO_INVALID', { name: request.scenario.name, reason });
    }
    return Uint16Array.from(list.slice(0, MAX_CHOICES));
  });
}

function favouriteCodes(
  { directory, resourceCodes }: Cast,
  user: number,
  { technologies }: ChoiceRequest,
): readonly number[] {
  const owner = directory.people[user - 1] ?? directory.machines[user - 1 - directory.people.length];
  return (owner?.favourites ?? [])
    .map((name) => resourceCodes.get(name) ?? 0)
    .filter((code) => technologies.includes(directory.resources[code - 1]?.technology ?? ''));
}

function reachableCodes(
  { directory }: Cast,
  user: number,
  { scenario, technologies }: ChoiceRequest,
): readonly number[] {
  const reach = reachOf(user, { directory, scenario });
  return directory.resources.flatMap((resource, i) =>
    technologies.includes(resource.technology) && reaches(reach, resource) ? [i + 1] : [],
  );
}

function reachOf(
  user: number,
  { directory, scenario }: Pick<Cast, 'directory'> & { scenario: Scenario },
): Reach {
  const person = directory.people[user - 1];
  const machine = directory.machines[user - 1 - directory.people.length];
  const role = scenario.roles.find(({ name }) => name === person?.role);
  return role?.reach ?? scenario.machines.find(({ name }) => name === machine?.name)?.reach ?? {};
}

function rankTable(size: number): Uint8Array {
  const weights = zipfWeights(size);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rank = 0;
  let reached = (weights[0] ?? 0) / (total || 1);
  return Uint8Array.from({ length: STEPS }, (_, step) => {
    while (rank < size - 1 && step / STEPS >= reached) {
      rank++;
      reached += (weights[rank] ?? 0) / total;
    }
    return rank;
  });
}
