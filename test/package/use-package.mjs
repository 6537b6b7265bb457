// Copied into an empty project that has the package installed, and run there.
import assert from 'node:assert/strict';
import { createMock, createWorld, listSessions, startMock } from 'formal-mock';
import { compileQuery, parseQuery, QueryError } from 'formal-mock/query';

for (const named of [createMock, createWorld, listSessions, startMock, compileQuery, parseQuery, QueryError])
  assert.equal(typeof named, 'function');

const mock = await startMock({ seed: 7, port: 0 });
const answer = await fetch(`${mock.url}/core.v1.SessionsService/ListSessionsV2`, {
  method: 'POST',
  headers: { 'x-api-key': 'formal-mock-key', 'content-type': 'application/json' },
  body: '{"limit":3}',
});
const page = await answer.json();
assert.equal(answer.status, 200, JSON.stringify(page));
assert.equal(page.sessions.length, 3);
await mock.stop();
console.log(`the installed package serves ListSessionsV2 on Node ${process.version}`);
