import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { listScenarios } from '../../dist/files/load-scenario.js';

// Writes the golden hashes anew, after a deliberate change of the data (raise `dataVersion` too):
// npm run build && node test/determinism/rebuild-golden.mjs
const script = new URL('hash.mjs', import.meta.url).pathname;
const scenarios = await listScenarios();
const hashes = scenarios.map((name) => [
  name,
  execFileSync(process.execPath, [script, name], { encoding: 'utf8' }).trim(),
]);
const target = new URL('../../fixtures/golden/world-hashes.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
