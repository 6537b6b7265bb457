// npm run bench -- [--rounds 5] [--seconds 2] [--connections 50] [--sizes 10,100,1000] [--only TEXT] [--markdown | --json]
// Servers run side by side as processes of their own; every round asks each of them in turn, so that a machine that
// slows down slows them all. Rows come from the files in rows/.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLoad, measureStart, post } from './measure.mjs';
import { startServer } from './processes.mjs';
import { toMarkdown } from './report.mjs';
import { summary } from './statistics.mjs';

const OURS = ['dist/cli/main.js', 'serve', '--port', '0', '--json'];
/** Long enough for the hot paths to be compiled, however short the rounds are. */
const WARM_UP_SECONDS = 1;
const options = readOptions();
const folder = mkdtempSync(join(tmpdir(), 'formal-mock-bench-'));
const servers = new Map();
/** What the bare server spent in the round that is running, by page size. */
const bareCpuMs = new Map();

try {
  const plan = await readRows();
  const world = await preparePages();
  const loadBefore = loadavg()[0];
  const cells = await prepareCells(plan.rows, world);
  const samples = { starts: new Map(), measures: new Map() };
  for (let round = 0; round < options.rounds; round += 1) {
    progress(`round ${round + 1} of ${options.rounds}`);
    await runLoads(cells);
    await runOthers(plan, samples);
  }
  const result = await summarise({ plan, cells, samples, loadBefore });
  console.log(options.isJson ? JSON.stringify(result, null, 2) : toMarkdown(result));
} finally {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '50' },
      sizes: { type: 'string', default: '10,100,1000' },
      only: { type: 'string', default: '' },
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    sizes: values.sizes.split(',').map(Number),
    only: values.only,
    isJson: values.json,
    isQuiet: values.markdown,
  };
}

/** All rows of rows/, the bare server first: everything is measured against it. */
async function readRows() {
  const place = new URL('./rows/', import.meta.url);
  const files = readdirSync(place).filter((name) => name.endsWith('.mjs'));
  const modules = await Promise.all(files.sort().map((name) => import(new URL(name, place).href)));
  const isWanted = ({ name }) => name.startsWith('bare') || name.includes(options.only);
  const rows = modules.flatMap((module) => module.rows ?? []).filter(isWanted);
  const bare = rows.filter(({ name }) => name.startsWith('bare'));
  return {
    rows: [...bare, ...rows.filter((row) => !bare.includes(row))],
    starts: modules.flatMap((module) => module.starts ?? []),
    measures: modules.flatMap((module) => module.measures ?? []).filter(isWanted),
  };
}

/** Asks the mock for the pages that the bare server sends, so that both send the same bytes. */
async function preparePages() {
  const mock = await serverFor(OURS);
  for (const sessions of options.sizes) {
    const { status, text } = await post(mock.url, JSON.stringify({ limit: sessions }));
    if (status !== 200) throw new Error(`the mock answers ${status}: ${text}`);
    writeFileSync(pageFile(sessions), text);
  }
  return spanOf(mock);
}

async function spanOf(mock) {
  const ask = async (body) => JSON.parse((await post(mock.url, JSON.stringify(body))).text).sessions;
  const newestMs = Date.parse((await ask({ limit: 1 }))[0].startTime);
  // Bare or `+` is descending, `-` ascending: the oldest session comes first.
  const oldestMs = Date.parse((await ask({ limit: 1, sortBy: '-startTime' }))[0].startTime);
  return { newestMs, oldestMs };
}

function pageFile(sessions) {
  return join(folder, `${sessions}.json`);
}

/** Rows of one server share its process. */
async function serverFor(args) {
  const key = args.join(' ');
  if (!servers.has(key)) servers.set(key, await startServer(args));
  return servers.get(key);
}

/** Every row at every size, with its server running and warm. */
async function prepareCells(rows, world) {
  const cells = [];
  for (const sessions of options.sizes) {
    for (const row of rows.filter(({ sizes }) => sizes === undefined || sizes.includes(sessions))) {
      const args =
        typeof row.server === 'function' ? row.server({ pageFile: pageFile(sessions) }) : row.server;
      const cell = { row, sessions, args, bodies: row.bodies({ sessions, world }), samples: [] };
      await measureCell(cell, WARM_UP_SECONDS);
      cells.push(cell);
    }
  }
  return cells;
}

async function measureCell(cell, seconds) {
  const server = await serverFor(cell.args);
  return measureLoad(server, { ...cell, seconds, connections: options.connections });
}

async function runLoads(cells) {
  for (const cell of cells) {
    const sample = await measureCell(cell, options.seconds);
    if (cell.row.name.startsWith('bare')) bareCpuMs.set(cell.sessions, sample.cpuMs);
    cell.samples.push({ ...sample, cpuRatio: sample.cpuMs / bareCpuMs.get(cell.sessions) });
  }
}

async function runOthers({ starts, measures }, samples) {
  for (const start of starts) append(samples.starts, start.name, await measureStart(start));
  for (const measure of measures) append(samples.measures, measure.name, await measure.run());
}

function append(map, name, value) {
  map.set(name, [...(map.get(name) ?? []), value]);
}

async function summarise({ plan, cells, samples, loadBefore }) {
  return {
    machine: describeMachine(loadBefore),
    loads: {
      sizes: options.sizes,
      rows: plan.rows.map((row) => ({
        name: row.name,
        bySize: Object.fromEntries(cells.filter((cell) => cell.row === row).map(summariseCell)),
      })),
    },
    starts: await Promise.all(
      plan.starts.map((start) => summariseStart(start, samples.starts.get(start.name))),
    ),
    measures: plan.measures.map(({ name, unit }) => ({
      name,
      unit,
      value: summary(samples.measures.get(name)),
    })),
  };
}

function describeMachine(loadBefore) {
  const { rounds, seconds, connections } = options;
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    loadBefore,
    loadAfter: loadavg()[0],
    rounds,
    seconds,
    connections,
  };
}

function summariseCell({ row, sessions, samples }) {
  const of = (name) => summary(samples.map((sample) => sample[name]));
  const isBare = row.name.startsWith('bare');
  const cell = { isBare, cpuMs: of('cpuMs'), cpuRatio: of('cpuRatio'), perSecond: of('perSecond') };
  return [sessions, { ...cell, p50Ms: of('p50Ms'), p99Ms: of('p99Ms') }];
}

async function summariseStart({ name, server }, samples) {
  const loaded = servers.get(server.join(' '));
  return {
    name,
    firstAnswerMs: summary(samples.map((sample) => sample.firstAnswerMs)),
    startRssMb: summary(samples.map((sample) => sample.startRssMb)),
    loadedRssMb: loaded === undefined ? undefined : await loaded.readRssMb(),
  };
}

function progress(text) {
  if (!options.isQuiet) console.error(text);
}
