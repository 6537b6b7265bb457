import { expect, test } from 'vitest';
import { KitError } from './errors.ts';

test('a KitError fills its template and keeps its stable code', () => {
  const error = new KitError('ERR_LISTEN', { host: '127.0.0.1', port: 4010, reason: 'the port is taken' });
  expect(error.code).toBe('ERR_LISTEN');
  expect(error.message).toBe('cannot listen on 127.0.0.1:4010: the port is taken');
});
