import { honestSteps, json, type Steps, type WireRequest, type WireResponse } from './honest-server.ts';
import { type RunningServer, startServer } from './serving.ts';

/** How a server says that it cannot read a compressed request. */
export type UnimplementedStatus = 404 | 415 | 501;

/** Takes JSON by POST and nothing else; any compression is unimplemented, and pages are never compressed. */
function plainSteps(count: number, status: UnimplementedStatus): Steps {
  const intercept = ({ method, headers }: WireRequest): WireResponse | undefined => {
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: '' };
    if (headers['content-type'] === 'application/proto') return { status: 415, headers: {}, body: '' };
    if (headers['content-encoding'] === undefined) return undefined;
    return status === 415 ? { status, headers: {}, body: '' } : json(status, { code: 'unimplemented' });
  };
  return {
    ...honestSteps(count, 31),
    intercept,
    rewrite: ({ headers: { 'accept-encoding': _, ...headers }, ...request }) => ({ ...request, headers }),
  };
}

/** Starts an honest server without gzip, without GET and without binary. */
export function startPlainServer(count: number, status: UnimplementedStatus): Promise<RunningServer> {
  return startServer(plainSteps(count, status));
}
