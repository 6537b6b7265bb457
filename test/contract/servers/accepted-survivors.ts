type Paths = readonly string[];

/** Damage that no case finds, and why that is right. */
interface AcceptedSurvivors {
  readonly reason: string;
  /** True: a stranger may mean it so, and it is learnt; on the mock it is found. */
  readonly isLearnt?: boolean;
  /** Paths by the name of the mutation. */
  readonly mutations: Readonly<Record<string, Paths>>;
}

function below(parent: string, ...names: readonly string[]): Paths {
  return names.map((name) => `${parent}/${name}`);
}

const PERSON = ['formal/user', 'formal/endUser'];

const MESSAGES: Paths = [
  ...below('sessions/*', 'network', 'sidecar', 'user', 'resource', 'connector'),
  ...below('sessions/*/user', 'formal', 'native', ...PERSON),
];
const TEXTS: Paths = [
  ...below('sessions/*/network', 'clientIpAddress', 'serverIpAddress'),
  ...below('sessions/*/sidecar', 'id', 'name', 'technology'),
  ...below('sessions/*/resource', 'id', 'name', 'technology'),
  ...below('sessions/*/connector', 'id', 'name'),
  ...below('sessions/*/user', 'username', 'native/username'),
  ...PERSON.flatMap((person) => below(`sessions/*/user/${person}`, 'id', 'name', 'email')),
];
const KINDS: Paths = [
  'sessions/*/resource/type',
  ...below('sessions/*/user', 'type', ...PERSON.map((at) => `${at}/type`)),
];
const LISTS: Paths = PERSON.flatMap((person) => below(`sessions/*/user/${person}`, 'groups', 'externalIds'));
const EDGES: Paths = below('listMetadata', 'after', 'before', 'count');

const ACCEPTED: readonly AcceptedSurvivors[] = [
  {
    reason: 'every field but id, start and status is optional, and absent is the same as unset',
    mutations: { drop: [...MESSAGES, ...TEXTS, ...KINDS, ...LISTS, 'sessions/*/parentSessionId'] },
  },
  {
    reason: 'a message that is set and empty is legal, in a session and in the details of an error',
    mutations: { empty: [...MESSAGES, 'details/*/value'] },
  },
  {
    reason: 'what these mean is documented nowhere, so it is learnt from strangers',
    isLearnt: true,
    mutations: {
      drop: EDGES,
      shift: ['listMetadata/count'],
      'wrong case of the value': below('listMetadata', 'after', 'before'),
    },
  },
  {
    reason: 'ids are opaque; only the mock says that after and before are ids of the page',
    isLearnt: true,
    mutations: { 'wrong case of the value': ['sessions/*/id'] },
  },
  {
    reason: 'names, ids and addresses may be spelled in any case, the same one every time',
    mutations: {
      'wrong case of the value': [
        ...TEXTS.filter((path) => !path.endsWith('clientIpAddress')),
        'sessions/*/parentSessionId',
        'details/*/type',
      ],
    },
  },
  {
    reason: 'messages of errors are never judged, and details need not be there, or be one only',
    mutations: {
      drop: ['message', 'details'],
      empty: ['message', 'details'],
      'wrong case of the value': ['message'],
      duplicate: ['details'],
    },
  },
  { reason: 'nothing forbids to name a group or another id twice', mutations: { duplicate: LISTS } },
];

/** The paths at which a mutation may survive; with `learnt` only those at which it may not on the mock. */
export function acceptedOf(mutation: string, kind: 'all' | 'learnt' = 'all'): Paths {
  const meant = kind === 'all' ? ACCEPTED : ACCEPTED.filter(({ isLearnt }) => isLearnt === true);
  return meant.flatMap(({ mutations }) => mutations[mutation] ?? []);
}
