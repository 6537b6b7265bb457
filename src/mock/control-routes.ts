import { Router } from 'express';

/** What the control routes tell. */
export interface ControlFacts {
  /** The text of the document the mock follows. */
  readonly documentText: string;
  /** False once shutdown has begun. */
  readonly isReady: () => boolean;
  /** The text of `/`, or undefined where `/` must be unknown (`--strict`). */
  readonly welcome: string | undefined;
}

/** Routes that need no key: `/health`, `/ready`, `/openapi.yaml` and, outside `--strict`, `/`. */
export function createControlRoutes({ documentText, isReady, welcome }: ControlFacts): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/health', (_, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', (_, response) => {
    const ready = isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'stopping' });
  });
  router.get('/openapi.yaml', (_, response) => {
    response.type('application/yaml').send(documentText);
  });
  if (welcome !== undefined) {
    router.get('/', (_, response) => {
      response.type('text/plain').send(welcome);
    });
  }
  return router;
}
