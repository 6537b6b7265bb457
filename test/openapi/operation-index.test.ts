import { describe, expect, it } from 'vitest';
import { createOperationIndex } from '../../src/openapi/operation-index.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { documentOf } from './build-document.ts';

const get = { responses: {} };
const paths = {
  '/users/{id}': { get, delete: get },
  '/users/me': { get },
  '/users/{id}/keys/{key}': { get },
  '/{kind}/{id}': { get },
  '/reports/{name}.csv': { get },
  '/a.b/c': { post: get },
  '/orders/{id}': { get, put: get },
  '/orders/{id}:cancel': { post: get, get },
  '/orders/{id}:{verb}': { post: get },
  '/orders/new': { get },
};
const index = createOperationIndex(operationsOf(documentOf({}, { paths })));

function found(method: string, path: string): unknown {
  const hit = index.find(method, path);
  if (hit === undefined) return undefined;
  return hit.operation === undefined ? hit.allow : [hit.operation.path, hit.pathParameters];
}

describe('createOperationIndex', () => {
  it.each([
    ['GET', '/users/7', ['/users/{id}', { id: '7' }]],
    ['GET', '/users/me', ['/users/me', {}]],
    ['GET', '/users/7/keys/a%2Fb', ['/users/{id}/keys/{key}', { id: '7', key: 'a/b' }]],
    ['GET', '/teams/7', ['/{kind}/{id}', { kind: 'teams', id: '7' }]],
    ['GET', '/reports/may.csv', ['/reports/{name}.csv', { name: 'may' }]],
    ['GET', '/users/100%', ['/users/{id}', { id: '100%' }]],
    ['POST', '/users/7', ['DELETE', 'GET']],
    ['POST', '/orders/7:cancel', ['/orders/{id}:cancel', { id: '7' }]],
    ['GET', '/orders/7:cancel', ['/orders/{id}:cancel', { id: '7' }]],
    ['POST', '/orders/7:ship', ['/orders/{id}:{verb}', { id: '7', verb: 'ship' }]],
    ['GET', '/orders/7:ship', ['/orders/{id}', { id: '7:ship' }]],
    ['GET', '/orders/7', ['/orders/{id}', { id: '7' }]],
    ['DELETE', '/orders/7:cancel', ['GET', 'POST', 'PUT']],
    ['PUT', '/orders/new', ['GET']],
    ['GET', '/a.b/c', ['POST']],
    ['POST', '/aXb/c', ['GET']],
    ['GET', '/users/', undefined],
    ['GET', '/users/7/', undefined],
    ['GET', '/nowhere', undefined],
  ])('%s %s leads to %j', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected);
  });
});
