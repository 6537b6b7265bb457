import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConnectError } from '../../src/connect/connect-error.ts';
import type { UnaryCall, UnaryImplementation } from '../../src/connect/procedure.ts';
import { createUnaryHandler, type UnaryHandlerOptions } from '../../src/connect/unary-handler.ts';
import { close, json, listen, send } from './exchange.ts';
import { LIST_SESSIONS } from './stand-in.ts';

async function serve(
  implementation: UnaryImplementation,
  options: Partial<UnaryHandlerOptions> = {},
): Promise<number> {
  const handler = createUnaryHandler({ procedure: LIST_SESSIONS, implementation, ...options });
  const { server, port } = await listen(handler);
  onTestFinished(() => close(server));
  return port;
}

const { path } = LIST_SESSIONS;
const JSON_TYPE = { 'content-type': 'application/json' };

function never(): Promise<never> {
  return new Promise(() => undefined);
}

describe('a deadline', () => {
  it.each([
    ['connect-timeout-ms', '20'],
    ['grpc-timeout', '20m'],
  ])('in %s answers deadline_exceeded while the implementation is still busy', async (name, value) => {
    let signal: AbortSignal | undefined;
    const port = await serve((call) => {
      signal = call.signal;
      return never();
    });
    const isGrpc = name === 'grpc-timeout';
    const headers = { 'content-type': isGrpc ? 'application/grpc' : 'application/json', [name]: value };
    const answer = await send({ port, path, headers, body: isGrpc ? Buffer.alloc(5) : '{}' });
    if (isGrpc) {
      expect(answer.trailers).toEqual({ 'grpc-status': '4', 'grpc-message': 'context deadline exceeded' });
    } else {
      expect([answer.status, json(answer)]).toEqual([
        504,
        { code: 'deadline_exceeded', message: 'context deadline exceeded' },
      ]);
    }
    expect(signal?.reason).toMatchObject({ code: 'deadline_exceeded' });
  });

  it('passes while the body is still coming', async () => {
    const port = await serve(() => ({ body: Buffer.from('{}') }));
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: { ...JSON_TYPE, 'connect-timeout-ms': '20' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write('{');
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(504);
    outgoing.destroy();
  });

  it('is told to the implementation in milliseconds', async () => {
    const port = await serve(({ timeoutMs }) => ({ body: Buffer.from(JSON.stringify({ timeoutMs })) }));
    const answer = await send({
      port,
      path,
      headers: { ...JSON_TYPE, 'connect-timeout-ms': '5000' },
      body: '{}',
    });
    expect(json(answer)).toEqual({ timeoutMs: 5000 });
  });

  it('longer than a timer can wait is none', async () => {
    const port = await serve(async () => ({ body: Buffer.from('{}') }));
    const answer = await send({
      port,
      path,
      headers: { ...JSON_TYPE, 'connect-timeout-ms': '9999999999' },
      body: '{}',
    });
    expect(answer.status).toBe(200);
  });
});

describe('the signal', () => {
  it('aborts when the caller goes away', async () => {
    let reached: ((call: UnaryCall) => void) | undefined;
    const arrival = new Promise<UnaryCall>((resolve) => {
      reached = resolve;
    });
    const port = await serve((call) => {
      reached?.(call);
      return never();
    });
    const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', headers: JSON_TYPE });
    outgoing.on('error', () => undefined);
    outgoing.end('{}');
    const { signal } = await arrival;
    outgoing.destroy();
    await once(signal, 'abort');
    expect(signal.reason).toMatchObject({ code: 'canceled' });
  });

  it('does not abort after the answer', async () => {
    let signal: AbortSignal | undefined;
    const port = await serve((call) => {
      signal = call.signal;
      return { body: Buffer.from('{}') };
    });
    await send({ port, path, headers: { ...JSON_TYPE, connection: 'close' }, body: '{}' });
    expect(signal?.aborted).toBe(false);
  });
});

describe('what an implementation throws', () => {
  it('is answered as internal with a fixed text, and told to onInternalError', async () => {
    const told: unknown[] = [];
    const cause = new Error('the database password is hunter2');
    const port = await serve(
      () => {
        throw cause;
      },
      { onInternalError: (error, call) => told.push(error, call?.form) },
    );
    const answer = await send({ port, path, headers: JSON_TYPE, body: '{}' });
    expect([answer.status, json(answer)]).toEqual([500, { code: 'internal', message: 'internal error' }]);
    expect(told).toEqual([cause, 'json']);
  });

  it('as ConnectError goes on the wire with its headers and details, without its cause', async () => {
    const port = await serve(() => {
      throw new ConnectError('resource_exhausted', 'slow down', {
        headers: { 'Retry-After': '3' },
        details: [{ type: 'a.B', value: Buffer.from('x') }],
        cause: new Error('secret'),
      });
    });
    const answer = await send({ port, path, headers: JSON_TYPE, body: '{}' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3']);
    expect(json(answer)).toEqual({
      code: 'resource_exhausted',
      message: 'slow down',
      details: [{ type: 'a.B', value: 'eA' }],
    });
  });

  it('may have another HTTP status than its code', async () => {
    const port = await serve(() => {
      throw new ConnectError('unknown', 'teapot', { httpStatus: 418 });
    });
    expect((await send({ port, path, headers: JSON_TYPE, body: '{}' })).status).toBe(418);
  });
});
