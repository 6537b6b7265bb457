/**
 * The server under test of Connect's conformance runner: reads what to serve from stdin, mounts the unary handler of
 * the build in the folder given as argument on the runner's service, writes where it listens to stdout.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { create, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { AnySchema, anyPack } from '@bufbuild/protobuf/wkt';
import { messageType, registry } from './descriptor.mjs';

const build = pathToFileURL(`${process.argv[2]}/`);
const load = (path) => import(new URL(path, build).href);
const [
  { createUnaryHandler },
  { ConnectError },
  { codeFromGrpcStatus },
  { writeNotFound },
  { createOnePortServer },
] = await Promise.all(
  [
    ['connect/unary-handler.js', 'connect/connect-error.js', 'connect/code.js', 'connect/not-found.js'],
    ['mock/one-port.js'],
  ]
    .flat()
    .map(load),
);

const requests = new AsyncLocalStorage();
const RequestInfo = messageType('ConformancePayload.RequestInfo');

function headersOf(definitions) {
  const headers = {};
  for (const { name, value } of definitions ?? []) headers[name] = [...(headers[name] ?? []), ...value];
  return headers;
}

function requestInfo(call, input) {
  const { rawHeaders, url } = requests.getStore();
  const received = new Map();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index].toLowerCase();
    if (!name.startsWith(':')) received.set(name, [...(received.get(name) ?? []), rawHeaders[index + 1]]);
  }
  const query = new URL(url, 'http://a').searchParams;
  const queryParams = [...query].map(([name, value]) => ({ name, value: [value] }));
  return create(RequestInfo, {
    requestHeaders: [...received].map(([name, value]) => ({ name, value })),
    requests: [anyPack(input, call.message)],
    ...(call.timeoutMs === undefined ? {} : { timeoutMs: BigInt(Math.floor(call.timeoutMs)) }),
    ...(call.httpMethod === 'GET' ? { connectGetInfo: { queryParams } } : {}),
  });
}

function errorOf(definition, info, metadata) {
  const details = [...definition.details, anyPack(RequestInfo, info)].map((any) => ({
    type: any.typeUrl.slice(any.typeUrl.lastIndexOf('/') + 1),
    value: any.value,
    debug: toJson(AnySchema, any, { registry }),
  }));
  return new ConnectError(codeFromGrpcStatus(definition.code), definition.message, { details, ...metadata });
}

async function answer(call, input, output) {
  const info = requestInfo(call, input);
  const definition = call.message.responseDefinition;
  if (definition?.responseDelayMs)
    await sleep(definition.responseDelayMs, undefined, { signal: call.signal });
  const headers = headersOf(definition?.responseHeaders);
  const trailers = headersOf(definition?.responseTrailers);
  const response = definition?.response;
  if (response?.case === 'error') throw errorOf(response.value, info, { headers, trailers });
  const data = response?.case === 'responseData' ? response.value : new Uint8Array();
  const message = create(output, { payload: { data, requestInfo: info } });
  const body =
    call.form === 'proto'
      ? toBinary(output, message)
      : Buffer.from(JSON.stringify(toJson(output, message, { registry })));
  return { body, headers, trailers };
}

function createMethod(name, implementation, maxMessageBytes) {
  const input = messageType(`${name}Request`);
  const shape = (type) => ({ typeName: type.typeName, fields: [] });
  const output = messageType(`${name}Response`);
  const path = `/connectrpc.conformance.v1.ConformanceService/${name}`;
  const handler = createUnaryHandler({
    procedure: { path, allowsGet: name === 'IdempotentUnary', input: shape(input), output: shape(output) },
    implementation: (call) => implementation(call, input, output),
    decode: (bytes, form) =>
      form === 'proto'
        ? fromBinary(input, bytes)
        : fromJson(input, JSON.parse(Buffer.from(bytes).toString()), { registry, ignoreUnknownFields: true }),
    ...(maxMessageBytes === 0 ? {} : { maxMessageBytes }),
  });
  return [path, handler];
}

function unimplemented() {
  throw new ConnectError('unimplemented', 'ConformanceService.Unimplemented is not implemented');
}

function createServer({ useTls, messageReceiveLimit, serverCreds }) {
  const methods = new Map([
    createMethod('Unary', answer, messageReceiveLimit),
    createMethod('IdempotentUnary', answer, messageReceiveLimit),
    createMethod('Unimplemented', unimplemented, messageReceiveLimit),
  ]);
  const listener = (request, response) => {
    const handler = methods.get(request.url.split('?')[0]);
    if (handler === undefined) writeNotFound(response);
    else requests.run(request, () => handler(request, response));
  };
  const tls = useTls ? { cert: Buffer.from(serverCreds.cert), key: Buffer.from(serverCreds.key) } : undefined;
  return createOnePortServer({ http1: listener, http2: listener, ...(tls === undefined ? {} : { tls }) });
}

async function readRequest() {
  const parts = [];
  let size = 0;
  for await (const part of process.stdin) {
    parts.push(part);
    size += part.length;
    const all = Buffer.concat(parts);
    if (size >= 4 && size >= 4 + all.readUInt32BE(0)) {
      return fromBinary(messageType('ServerCompatRequest'), all.subarray(4, 4 + all.readUInt32BE(0)));
    }
  }
  throw new Error('stdin ended before the request did');
}

const request = await readRequest();
const server = createServer(request);
server.listen(0, '127.0.0.1', () => {
  const ready = create(messageType('ServerCompatResponse'), {
    host: '127.0.0.1',
    port: server.address().port,
    ...(request.useTls ? { pemCert: request.serverCreds.cert } : {}),
  });
  const bytes = toBinary(messageType('ServerCompatResponse'), ready);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  process.stdout.write(Buffer.concat([length, bytes]));
});
process.on('SIGTERM', () => process.exit(0));
