import { KitError } from '../errors.ts';
import { zipfWeights } from './alias-table.ts';
import type { Cast } from './cast.ts';
import type { Directory } from './directory.ts';
import { reaches } from './places.ts';
import type { Reach, Scenario, ScenarioFlow } from './scenario.ts';

/**
 * Resource numbers an actor of a stream chooses from, the favourite first. The argument is the actor's place in
 * the stream, 0 when nobody acts; the list is empty when the stream reaches nothing.
 */
export type UserChoices = (actor: number) => readonly number[];

/** Resources one actor chooses from in one stream, at most. */
const MAX_CHOICES = 16;
const STEPS = 256;

const RANKS: readonly Uint8Array[] = Array.from({ length: MAX_CHOICES + 1 }, (_, size) => rankTable(size));

/** The choice a draw makes from a list: Zipf by rank. 0 for an empty list. */
export function pickResource(list: readonly number[], drawn: number): number {
  if (list.length === 0) return 0;
  return list[RANKS[list.length]?.[drawn >>> 24] ?? 0] ?? 0;
}

/** What a stream connects to. */
export interface ChoiceRequest {
  readonly scenario: Scenario;
  readonly flow: ScenarioFlow;
  readonly technologies: readonly string[];
}

/**
 * For each actor the favourites of these technologies, or else what is in reach; lists are made on first use.
 * Throws KitError `ERR_SCENARIO_INVALID` when an actor has nothing to choose.
 */
export function choicesOf(cast: Cast, actors: Uint16Array, request: ChoiceRequest): UserChoices {
  const { directory, resourceCodes } = cast;
  const { scenario, flow, technologies } = request;
  if (technologies.length === 0) return () => NOTHING;
  const wanted = directory.resources.filter(({ technology }) => technologies.includes(technology));
  const codes = new Map(wanted.map(({ name }) => [name, resourceCodes.get(name) ?? 0]));
  const byReach = new Map<Reach, readonly number[]>();
  const reaching = createReachLookup(scenario, directory);
  for (const user of actors.length === 0 ? [0] : actors) {
    const reach = reaching(user);
    if (byReach.has(reach)) continue;
    const found = wanted.filter((resource) => reaches(reach, resource)).slice(0, MAX_CHOICES);
    byReach.set(
      reach,
      found.map(({ name }) => codes.get(name) ?? 0),
    );
    if (found.length > 0) continue;
    const reason = `${flow.name}: nothing of ${technologies.join(', ')} is in reach`;
    throw new KitError('ERR_SCENARIO_INVALID', { name: scenario.name, reason });
  }
  const lists: (readonly number[])[] = [];
  return (actor) => {
    const known = lists[actor];
    if (known !== undefined) return known;
    const user = actors[actor] ?? 0;
    const favourites = favouritesAmong(codes, directory, user);
    const list = favourites.length > 0 ? favourites : (byReach.get(reaching(user)) ?? NOTHING);
    lists[actor] = list;
    return list;
  };
}

function favouritesAmong(
  codes: ReadonlyMap<string, number>,
  directory: Directory,
  user: number,
): readonly number[] {
  const owner = directory.people[user - 1] ?? directory.machines[user - 1 - directory.people.length];
  const found: number[] = [];
  for (const name of owner?.favourites ?? []) {
    const code = codes.get(name);
    if (code !== undefined && found.length < MAX_CHOICES) found.push(code);
  }
  return found;
}

const NOTHING: readonly number[] = [];
const ANYTHING: Reach = {};

/** What a user may reach: people by role, machines by name, everybody else everything. */
function createReachLookup(scenario: Scenario, { people, machines }: Directory): (user: number) => Reach {
  const byRole = new Map(scenario.roles.map(({ name, reach }) => [name, reach]));
  const byMachine = new Map(scenario.machines.map(({ name, reach }) => [name, reach]));
  return (user) => {
    const person = people[user - 1];
    if (person !== undefined) return byRole.get(person.role) ?? ANYTHING;
    return byMachine.get(machines[user - 1 - people.length]?.name ?? '') ?? ANYTHING;
  };
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
