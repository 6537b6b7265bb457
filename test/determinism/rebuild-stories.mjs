import { writeFileSync } from 'node:fs';
import { listScenarios } from '../../dist/files/load-scenario.js';
import { loadStories } from '../../dist/files/load-stories.js';

// Writes the committed answer key anew: npm run build && node test/determinism/rebuild-stories.mjs
const until = Date.parse('2026-01-15T12:00:00Z');
const from = until - 30 * 86_400_000;
const names = await listScenarios();
const stories = await Promise.all(names.map((scenario) => loadStories({ scenario, seed: 42, from, until })));
const target = new URL('../../fixtures/stories/stories.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(stories.flat(), null, 2)}\n`);
