// Selects sessions out of a million rows, by plans over columns and by a naive scan of plain objects, turn about,
// and prints milliseconds of processor time and their ratio. Run after a build: node test/bench/query.mjs [rows]
import { bindOrder, compileSessionQuery, createPlanBinder, parseSort } from '../../dist/query/index.js';
import { SESSION_ID_SHAPE } from '../../dist/world/type-id.js';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const BLOCK = 65_536;
const ROUNDS = 5;
const NOW = Date.UTC(2026, 0, 15, 12);
const SPAN = 30 * 86_400_000;
const TECHNOLOGIES = ['postgres', 'mysql', 'ssh', 'http', 'snowflake', 's3', 'mongodb', 'redshift'];

let state = 42;
function pick(size) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * size);
}

function person(number) {
  const name = `First${number % 211} Last${number % 97}`;
  const email = `first${number % 211}.last${number}@example.com`;
  return {
    id: `user_${number}`,
    name,
    email,
    type: number % 5 === 0 ? 'machine' : 'human',
    groups: [`team-${number % 40}`],
  };
}

function entries(size, make) {
  return [{}, ...Array.from({ length: size }, (_, number) => make(number))];
}

const dictionaries = {
  user: entries(5000, (n) => ({
    user: { type: 'formal', username: `idp:formal:human:${n}`, formal: { user: person(n) } },
  })),
  endUser: entries(5000, (n) => ({ user: { formal: { endUser: person(n) } } })),
  resource: entries(400, (n) => {
    const technology = TECHNOLOGIES[n % TECHNOLOGIES.length];
    return {
      resource: { type: 'datastore', id: `resource_${n}`, name: `production-${technology}-${n}`, technology },
    };
  }),
  connector: entries(20, (n) => ({ connector: { id: `connector_${n}`, name: `us-east-${n}` } })),
  sidecar: entries(10, (n) => ({
    sidecar: { id: `sidecar_${n}`, name: `old ${n}`, technology: 'postgres' },
  })),
  clientIp: entries(20_000, (n) => ({
    network: { clientIpAddress: `10.${n >> 12}.${(n >> 6) & 63}.${n & 63}` },
  })),
  serverIp: entries(400, (n) => ({ network: { serverIpAddress: `172.16.${n >> 8}.${n & 255}` } })),
};

const idAt = (index) => `session_${String(index).padStart(26, '0')}`;
const start = new Float64Array(ROWS);
const end = new Float64Array(ROWS);
const quiet = new Uint8Array(ROWS);
const parent = new Float64Array(ROWS).fill(-1);
for (let row = 0; row < ROWS; row += 1) {
  start[row] = NOW - SPAN + Math.floor((row * SPAN) / ROWS);
  end[row] = pick(50) === 0 ? Number.POSITIVE_INFINITY : start[row] + pick(600_000);
  quiet[row] = pick(2);
}
const codes = Object.fromEntries(
  Object.entries(dictionaries).map(([column, list]) => {
    const array = list.length <= 256 ? new Uint8Array(ROWS) : new Uint16Array(ROWS);
    for (let row = 0; row < ROWS; row += 1) array[row] = pick(list.length);
    return [column, array];
  }),
);

function blockAt(first, to) {
  return {
    first,
    length: to - first,
    start: start.subarray(first, to),
    end: end.subarray(first, to),
    quiet: quiet.subarray(first, to),
    parent: parent.subarray(first, to),
    codes: (column) => codes[column].subarray(first, to),
  };
}

const source = {
  dictionary: (column) => dictionaries[column],
  find: () => -1,
  idAt,
  idShape: SESSION_ID_SHAPE,
};

function lowerBound(time) {
  let [low, high] = [0, ROWS];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const mask = new Uint8Array(BLOCK);

/** Newest first; stops after `limit` rows. */
function scan(plan, limit) {
  if (plan.isEmpty) return 0;
  const low = lowerBound(plan.timeRange.from);
  const high = plan.timeRange.to === Number.POSITIVE_INFINITY ? ROWS : lowerBound(plan.timeRange.to + 1);
  let found = 0;
  for (let to = high; to > low && found < limit; to -= BLOCK) {
    found += plan.select(blockAt(Math.max(low, to - BLOCK), to), mask, NOW);
  }
  return found;
}

const objects = Array.from({ length: ROWS }, (_, row) => ({
  id: row,
  start: start[row],
  end: end[row],
  user: dictionaries.user[codes.user[row]].user,
  endUser: dictionaries.endUser[codes.endUser[row]].user,
  resource: dictionaries.resource[codes.resource[row]].resource,
  ip: dictionaries.clientIp[codes.clientIp[row]].network?.clientIpAddress,
}));

function naive(passes, limit) {
  let found = 0;
  for (let row = ROWS - 1; row >= 0 && found < limit; row -= 1) if (passes(objects[row])) found += 1;
  return found;
}

const emailHolds = (info, text) => info?.formal?.user?.email?.includes(text) === true;
const day = NOW - 86_400_000;
const every = (count, make) => Array.from({ length: count }, (_, n) => make(n)).join(' OR ');
const CASES = [
  ['page of 100, one column', 'technology:postgres', 100, (o) => o.resource?.technology === 'postgres'],
  ['page of 100, default fields', 'postgres last7', 100, null],
  ['no hit, empty table', 'technology:cobol', Infinity, (o) => o.resource?.technology === 'cobol'],
  [
    'no hit, scanned',
    'user.id:user_7 resource.id:resource_9 ip:10.0.0.7',
    Infinity,
    (o) => o.user?.formal.user.id === 'user_7' && o.resource?.id === 'resource_9' && o.ip === '10.0.0.7',
  ],
  ['full count, one column', 'technology:postgres', Infinity, (o) => o.resource?.technology === 'postgres'],
  [
    'full count, three columns',
    'technology:postgres user.sub_type:human ip:[10.0.0.0 TO 10.1.255.255]',
    Infinity,
    (o) =>
      o.resource?.technology === 'postgres' &&
      o.user?.formal.user.type === 'human' &&
      o.ip !== undefined &&
      (o.ip.startsWith('10.0.') || o.ip.startsWith('10.1.')),
  ],
  [
    'full count, or of columns',
    'technology:postgres OR user.groups:team-7 OR duration:>300',
    Infinity,
    (o) =>
      o.resource?.technology === 'postgres' ||
      o.user?.formal.user.groups.includes('team-7') === true ||
      (o.end <= NOW && o.end - o.start > 300_000),
  ],
  [
    'full count, status and duration',
    'status:completed duration:>300',
    Infinity,
    (o) => o.end <= NOW && o.end - o.start > 300_000,
  ],
  [
    '24 h window and count',
    'start_time:>=now-24h technology:postgres',
    Infinity,
    (o) => o.start >= day && o.resource?.technology === 'postgres',
  ],
  ['wildcard on mail', 'user.email:*st17*', Infinity, (o) => emailHolds(o.user, 'st17')],
  ['hostile: 20 stars, no hit', `user.username:${'*a'.repeat(20)}*`, Infinity, null],
  ['hostile: pattern /(a+)+x/', 'user.username:/([a-z:0-9]+)+x/', Infinity, null],
  ['hostile: pattern, big sets', 'user.username:/.*[a-m].{0,400}z/', Infinity, null],
  ['hostile: 20 stars, bare', `${'*a'.repeat(20)}*`, Infinity, null],
  ['hostile: 3 wildcards over ids', '*0*9 OR *1*8 OR *2*7', Infinity, null],
  ['hostile: 100 wildcards in user', every(100, (n) => `user:*x${n}y*`), Infinity, null],
  [
    'hostile: depth 200',
    `${'(technology:postgres OR NOT '.repeat(100)}status:active${')'.repeat(100)}`,
    Infinity,
    null,
  ],
  ['hostile: 64 KiB of OR words', every(8000, (n) => `w${n.toString(36)}`), Infinity, null],
  ['hostile: 64 KiB of OR that hit', every(4000, (n) => `user_${n}`), Infinity, null],
  [
    'hostile: 64 KiB set',
    `email:IN [${Array.from({ length: 10_000 }, (_, n) => n.toString(36)).join(' ')}]`,
    Infinity,
    null,
  ],
  ['hostile: 64 KiB of durations', every(3500, (n) => `duration:${n}`), Infinity, null],
  [
    'hostile: 80 groups that hit',
    every(80, (n) => `(user.id:user_${n} AND resource.id:resource_${n})`),
    Infinity,
    null,
  ],
];

// Processor time, not the clock's: other work on the machine must not count.
function time(run) {
  const begun = process.cpuUsage();
  const found = run();
  const { user, system } = process.cpuUsage(begun);
  return { ms: (user + system) / 1000, found };
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const binder = createPlanBinder(source);
console.log(
  `${ROWS} rows, 5000 users, 400 resources, 20000 addresses; median of ${ROUNDS} rounds, ms of processor time`,
);
console.log(
  'case'.padEnd(36),
  'compile'.padStart(8),
  'scan'.padStart(8),
  'naive'.padStart(8),
  'ratio'.padStart(7),
  'found'.padStart(8),
);
for (const [name, text, limit, passes] of CASES) {
  const [compile, scans, naives] = [[], [], []];
  let found = 0;
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      let plan;
      compile.push(time(() => (plan = binder.bind(compileSessionQuery(text, { now: NOW }).plan))).ms);
      const scanned = time(() => scan(plan, limit));
      scans.push(scanned.ms);
      found = scanned.found;
      if (passes !== null) naives.push(time(() => naive(passes, limit)).ms);
    }
    const [c, s, n] = [median(compile), median(scans), median(naives)];
    const ratio = n === undefined ? '' : (n / (c + s)).toFixed(1);
    console.log(
      name.padEnd(36),
      c.toFixed(2).padStart(8),
      s.toFixed(2).padStart(8),
      (n?.toFixed(2) ?? '').padStart(8),
      ratio.padStart(7),
      String(found).padStart(8),
    );
  } catch (error) {
    console.log(name.padEnd(36), error.message.slice(0, 100));
  }
}

const order = bindOrder(parseSort('user.email,-duration'), source);
const plan = binder.bind(compileSessionQuery('technology:postgres').plan);
const sorted = time(() => {
  const top = order.createTop({ limit: 101 });
  for (let first = 0; first < ROWS; first += BLOCK) {
    const block = blockAt(first, Math.min(first + BLOCK, ROWS));
    plan.select(block, mask, NOW);
    top.add(block, mask, NOW);
  }
  return top.rows().length;
});
console.log('sorted page of 100 by two keys'.padEnd(36), ''.padStart(8), sorted.ms.toFixed(2).padStart(8));
