import { tooLarge, tooLargeToMeasure } from './compression.ts';
import type { WireRequest } from './wire-message.ts';

/** The caller went away before its call was complete: there is nobody to answer. */
export class RequestAborted extends Error {
  constructor() {
    super('the request ended before its body did');
    this.name = 'RequestAborted';
  }
}

/** A body beyond the limit is still measured up to this multiple of it, then given up. */
const MEASURED_MULTIPLE = 8;

/** How a body is read. */
export interface ReadBodyOptions {
  /** Most bytes that are held. */
  readonly maxBytes: number;
  /** Sees the first bytes as soon as they come; what it throws ends the reading. */
  readonly inspect?: (start: Buffer) => void;
}

/**
 * Reads the whole body, holding at most `maxBytes` of it. Throws `resource_exhausted` for a larger one, at once when
 * its length is announced, and {@link RequestAborted} when the caller goes away. What comes after is discarded.
 */
export function readBody(request: WireRequest, options: ReadBodyOptions): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > options.maxBytes) {
    request.on('error', ignoreError).resume();
    return Promise.reject(tooLarge(announced, options.maxBytes));
  }
  return new Promise((resolve, reject) => {
    const parts = new BodyParts(options);
    const finish = (settle: () => void): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      settle();
    };
    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const onData = (part: Buffer): void => attempt(() => parts.add(part));
    const onEnd = (): void =>
      attempt(() => {
        const body = parts.join();
        finish(() => resolve(body));
      });
    const onClose = (): void => finish(() => reject(new RequestAborted()));
    // A request's errors are told by its closing; without a listener they would end the process.
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', ignoreError);
  });
}

class BodyParts {
  readonly #options: ReadBodyOptions;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(options: ReadBodyOptions) {
    this.#options = options;
  }

  add(part: Buffer): void {
    const { maxBytes, inspect } = this.#options;
    if (this.#size === 0) inspect?.(part);
    this.#size += part.length;
    if (this.#size > maxBytes * MEASURED_MULTIPLE) throw tooLargeToMeasure(maxBytes);
    if (this.#size > maxBytes) this.#parts = [];
    else this.#parts.push(part);
  }

  join(): Buffer {
    if (this.#size > this.#options.maxBytes) throw tooLarge(this.#size, this.#options.maxBytes);
    const [first] = this.#parts;
    return first !== undefined && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
  }
}

function ignoreError(): void {}

/** A caller may go on sending this much after it was refused. */
const DISCARDED_BYTES = 64 * 1024 * 1024;

/**
 * Lets the rest of a refused request run out, so that its connection stays usable; a caller that sends more than
 * 64 MiB after its answer is cut off.
 */
export function discardRest(request: WireRequest): void {
  if (request.readableEnded || request.destroyed) return;
  let size = 0;
  request.on('error', ignoreError).on('data', (part: Buffer) => {
    size += part.length;
    if (size > DISCARDED_BYTES) request.destroy();
  });
}

/** True as soon as one byte of body comes, false when the body ends without any. */
export function hasBody(request: WireRequest): Promise<boolean> {
  const announced = request.headers['content-length'];
  if (announced !== undefined) return Promise.resolve(Number(announced) > 0);
  const isHttp1 = request.httpVersionMajor < 2;
  if (isHttp1 && request.headers['transfer-encoding'] === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (found: boolean): void => {
      request.off('data', onData).off('end', onEnd).off('close', onEnd);
      resolve(found);
    };
    const onData = (): void => finish(true);
    const onEnd = (): void => finish(false);
    request.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', ignoreError);
  });
}
