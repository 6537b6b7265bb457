import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { createOnePortServer } from '../../src/mock/one-port.ts';
import { createStandIn, standInSession } from '../wire/stand-in.ts';

/** The certificate of the tests, for localhost and 127.0.0.1. */
export const CERTIFICATE = {
  cert: readFileSync(new URL('../certificate/localhost.crt', import.meta.url)),
  key: readFileSync(new URL('../certificate/localhost.key', import.meta.url)),
};

/** All 250 sessions of the stand-in's world. */
export const WORLD = Array.from({ length: 250 }, (_, index) => standInSession(index));

/** The stand-in on one port for the tests of a file: clear text and TLS. */
export function useStandIn(): { readonly host: string; readonly http: string; readonly https: string } {
  let server: Server;
  const origin = { host: '', http: '', https: '' };
  beforeAll(async () => {
    const handler = createStandIn();
    server = createOnePortServer({
      http1: (req, res) => void handler(req, res),
      http2: (req, res) => void handler(req, res),
      tls: CERTIFICATE,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is an object.
    origin.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    origin.http = `http://${origin.host}`;
    origin.https = `https://${origin.host}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return origin;
}
