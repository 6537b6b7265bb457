import { expect, test } from 'vitest';
import { curlLine } from './curl.ts';

test('the line for a HEAD does not wait for a body that never comes', () => {
  const line = curlLine('http://localhost:8080', { method: 'HEAD', path: '/x', headers: [] });
  expect(line).toBe(
    "curl -sS -i -X HEAD --ignore-content-length -H 'Connection: close' 'http://localhost:8080/x'",
  );
});
