import { writeFileSync } from 'node:fs';
import { edgeSessions } from './edge-sessions.mjs';

// Writes fixtures/layers/edge-cases.sessions.json anew: node test/determinism/rebuild-layers.mjs
const lines = edgeSessions().map((session) => `  ${JSON.stringify(session)}`);
const target = new URL('../../fixtures/layers/edge-cases.sessions.json', import.meta.url);
writeFileSync(target, `[\n${lines.join(',\n')}\n]\n`);
