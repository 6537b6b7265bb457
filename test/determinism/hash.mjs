import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createWorld } from '../../dist/world/create-world.js';
import { resolveScenario } from '../../dist/world/resolve-scenario.js';

// Prints the SHA-256 of the newest sessions of a built-in scenario, one JSON text a line, by the built library:
// node test/determinism/hash.mjs SCENARIO [SEED] [NOW] [COUNT]
const [name = 'startup', seed = '42', now = '2026-01-15T12:00:00Z', count = '40000'] = process.argv.slice(2);
const fixtures = new URL('../../fixtures/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8'));
const load = (scenario) => read(`scenarios/${scenario}.json`);
const instant = Date.parse(now);
const world = createWorld({
  scenario: resolveScenario(load(name), load),
  directory: read(`directories/${name}.json`),
  seed,
  now: instant,
  count: Number(count),
});

const hash = createHash('sha256');
const sessions = world.count(instant);
for (let i = 0; i < sessions; i++) hash.update(`${world.json(i, instant)}\n`);
console.log(`${hash.digest('hex')} ${sessions}`);
