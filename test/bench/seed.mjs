import { mkdtemp, open, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { faker } from '@faker-js/faker';
import { loadDirectory } from '../../dist/files/load-directory.js';
import { loadScenario } from '../../dist/files/load-scenario.js';
import { cutParts, selectRows, shardOf } from '../../dist/seed/row-selection.js';
import { seedFile } from '../../dist/seed/seed-file.js';
import { openEncoder } from '../../dist/seed/seed-format.js';
import { createWorld } from '../../dist/world/create-world.js';

const ROWS = Number(process.env.BENCH_ROWS ?? 300_000);
const NAIVE_ROWS = 5_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const NOW = Date.parse('2026-01-15T12:00:00Z');

const loaded = await loadScenario('scaleup');
const directory = await loadDirectory(loaded, 42);

function selection() {
  const world = createWorld({
    scenario: loaded.scenario,
    directory,
    seed: 42,
    now: NOW,
    count: ROWS,
  });
  return selectRows(world, { now: NOW });
}

function naiveSession() {
  const start = faker.date.recent({ days: 30 });
  const seconds = faker.number.int({ min: 1, max: 3600 });
  const person = () => ({
    id: `user_${faker.string.alphanumeric(26)}`,
    name: faker.person.fullName(),
    email: faker.internet.email(),
    type: faker.helpers.arrayElement(['human', 'machine']),
    groups: faker.helpers.multiple(() => faker.commerce.department(), { count: 2 }),
    externalIds: [faker.string.numeric(3)],
  });
  return {
    id: `session_${faker.string.alphanumeric(26)}`,
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + seconds * 1000).toISOString(),
    duration: `${seconds}s`,
    sessionStatus: faker.helpers.arrayElement(['active', 'completed', 'idle']),
    network: { clientIpAddress: faker.internet.ipv4(), serverIpAddress: faker.internet.ipv4() },
    user: {
      type: 'formal',
      username: `idp:formal:human:${faker.internet.email()}`,
      formal: { user: person(), endUser: person() },
    },
    resource: {
      type: faker.helpers.arrayElement(['datastore', 'instance', 'aws']),
      id: `resource_${faker.string.alphanumeric(26)}`,
      name: faker.company.buzzNoun(),
      technology: faker.helpers.arrayElement(['postgres', 'mysql', 'ssh', 'http']),
    },
    connector: { id: `connector_${faker.string.alphanumeric(26)}`, name: faker.internet.domainWord() },
  };
}

async function encode(format, onChunk) {
  const rows = selection();
  const encoder = await openEncoder(rows, { format, gzip: false, exact: false });
  for (const part of cutParts(shardOf(rows, { index: 1, count: 1 }), 250_000)) {
    for await (const chunk of encoder.encode(part)) {
      await onChunk?.(chunk.bytes);
      chunk.release();
    }
  }
  return rows.high - rows.low;
}

async function toFile(path, write) {
  const handle = await open(path, 'w');
  const rows = await write((bytes) => handle.write(bytes));
  await handle.sync();
  await handle.close();
  return rows;
}

const folder = await mkdtemp(join(tmpdir(), 'formal-mock-bench-'));
const path = join(folder, 'sessions.ndjson');
const plainPath = join(folder, 'plain.ndjson');
const memory = [];
await encode('ndjson', (bytes) => void memory.push(Buffer.from(bytes)));

const contenders = {
  'faker per session, JSON.stringify, to memory': async () => {
    let bytes = 0;
    for (let row = 0; row < NAIVE_ROWS; row += 1)
      bytes += Buffer.byteLength(`${JSON.stringify(naiveSession())}\n`);
    return bytes > 0 ? NAIVE_ROWS : 0;
  },
  'world to NDJSON, to memory': () => encode('ndjson'),
  'world to CSV, to memory': () => encode('csv'),
  'world to SQL (COPY), to memory': () => encode('sql'),
  'the same NDJSON bytes from memory to a file': () =>
    toFile(plainPath, async (write) => {
      for (const bytes of memory) await write(bytes);
      return ROWS;
    }),
  'world to NDJSON, to a file': async () => {
    const rows = selection();
    const encoder = await openEncoder(rows, { format: 'ndjson', gzip: false, exact: false });
    const owner = { id: '0-0', isRunning: () => false };
    const shard = { index: 1, count: 1 };
    const output = { selection: rows, encoder, shard, settings: {}, partRows: ROWS, owner };
    return (await seedFile(path, output)).manifest.rows;
  },
};

const results = new Map(Object.keys(contenders).map((name) => [name, []]));
// Round 0 warms up and does not count.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(contenders)) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const rows = await run();
    const wallUs = ((performance.now() - start) * 1000) / rows;
    const used = process.cpuUsage(cpu);
    if (round === 0) continue;
    results.get(name).push({ wallUs, cpuUs: (used.user + used.system) / rows });
  }
}
await rm(folder, { recursive: true });

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round2 = (value) => Number(value.toFixed(2));
const summary = [...results].map(([name, runs]) => {
  const [wall, cpu] = [runs.map(({ wallUs }) => wallUs), runs.map(({ cpuUs }) => cpuUs)];
  return {
    name,
    'rows/s': Math.round(1e6 / median(wall)),
    'wall us/row': round2(median(wall)),
    'cpu us/row': round2(median(cpu)),
    'best cpu us/row': round2(Math.min(...cpu)),
    'best wall us/row': round2(Math.min(...wall)),
  };
});
console.table(summary);
const ratio = (slow, fast, unit) => {
  const of = (name) => summary.find((row) => row.name === name)?.[unit] ?? Number.NaN;
  return (of(slow) / of(fast)).toFixed(1);
};
const [naive, ndjson] = ['faker per session, JSON.stringify, to memory', 'world to NDJSON, to memory'];
const [plain, file] = ['the same NDJSON bytes from memory to a file', 'world to NDJSON, to a file'];
console.log(`${ROWS} rows, ${ROUNDS} rounds after one to warm up, load ${loadavg()[0]?.toFixed(2)}`);
console.log(
  `faster than faker per session (CPU): ${ratio(naive, ndjson, 'cpu us/row')} times, best rounds ${ratio(naive, ndjson, 'best cpu us/row')}`,
);
console.log(
  `slower than writing the same bytes (wall): ${ratio(file, plain, 'wall us/row')} times, best rounds ${ratio(file, plain, 'best wall us/row')}`,
);
