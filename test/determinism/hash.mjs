import { createHash } from 'node:crypto';
import { loadWorld } from '../../dist/files/load-world.js';

// Prints the SHA-256 of the newest sessions of a built-in scenario, one JSON text a line, by the built library:
// node test/determinism/hash.mjs SCENARIO [SEED] [NOW] [COUNT]
const [scenario = 'startup', seed = '42', now = '2026-01-15T12:00:00Z', count = '40000'] =
  process.argv.slice(2);
const instant = Date.parse(now);
const world = await loadWorld({ scenario, seed, now: instant, days: 30, count: Number(count) });

const hash = createHash('sha256');
const sessions = world.count(instant);
for (let i = 0; i < sessions; i++) hash.update(`${world.json(i, instant)}\n`);
console.log(`${hash.digest('hex')} ${sessions}`);
