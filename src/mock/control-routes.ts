import { type Route, writeText } from './route.ts';

/** What the control routes tell. */
export interface ControlFacts {
  /** The text of the document the mock follows. */
  readonly documentText: string;
  /** The protobuf descriptors of its procedures: a FileDescriptorSet. */
  readonly descriptorSet: () => Promise<Uint8Array>;
  /** False once shutdown has begun. */
  readonly isReady: () => boolean;
  /** The text of `/`, or undefined where `/` must be unknown (`--strict`). */
  readonly welcome: string | undefined;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Routes that need no key: `/health`, `/ready`, `/openapi.yaml`, `/descriptor.binpb` and, outside `--strict`, `/`. */
export function createControlRoutes({
  documentText,
  descriptorSet,
  isReady,
  welcome,
}: ControlFacts): Route[] {
  const routes: Route[] = [
    {
      path: '/health',
      method: 'GET',
      handle: (_, response) => writeText(response, { mediaType: JSON_TYPE, text: '{"status":"ok"}' }),
    },
    {
      path: '/ready',
      method: 'GET',
      handle: (_, response) => {
        const isUp = isReady();
        const text = JSON.stringify({ status: isUp ? 'ready' : 'stopping' });
        writeText(response, { status: isUp ? 200 : 503, mediaType: JSON_TYPE, text });
      },
    },
    {
      path: '/openapi.yaml',
      method: 'GET',
      handle: (_, response) => writeText(response, { mediaType: 'application/yaml', text: documentText }),
    },
    {
      path: '/descriptor.binpb',
      method: 'GET',
      handle: async (_, response) => {
        const bytes = await descriptorSet();
        response.writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': bytes.byteLength,
        });
        response.end(bytes);
      },
    },
  ];
  if (welcome === undefined) return routes;
  const handle: Route['handle'] = (_, response) =>
    writeText(response, { mediaType: 'text/plain; charset=utf-8', text: welcome });
  return [...routes, { path: '/', method: 'GET', handle }];
}
