import { connect } from 'node:net';

/**
 * Sends bytes over a connection of its own and gives everything that comes back until the server closes it, even if
 * it closes before it has read everything.
 */
export function exchange(port: number, request: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}
