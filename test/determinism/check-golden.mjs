import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Compares every golden hash with what this Node makes; the argument is the major version it must be.
const [major = ''] = process.argv.slice(2);
if (!process.version.startsWith(`v${major}.`))
  throw new Error(`expected Node ${major} (got ${process.version})`);

const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/world-hashes.json', import.meta.url), 'utf8'),
);
const script = new URL('hash.mjs', import.meta.url).pathname;
for (const [scenario, expected] of Object.entries(golden)) {
  const made = execFileSync(process.execPath, [script, scenario], { encoding: 'utf8' }).trim();
  if (made !== expected)
    throw new Error(`${scenario} on ${process.version}: expected ${expected} (got ${made})`);
}
console.log(`${process.version}: ${Object.keys(golden).length} scenarios as committed`);
