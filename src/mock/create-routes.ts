import type { Procedure } from '../connect/procedure.ts';
import { operationsOf } from '../openapi/operations.ts';
import { createControlRoutes } from './control-routes.ts';
import type { MockParts } from './mock-parts.ts';
import { createProcedureHandler } from './procedure-handler.ts';
import type { Route } from './route.ts';
import { welcomeText } from './welcome.ts';

/** Every place where the mock answers: control routes first, then the operations of its documents. */
export function createRoutes(parts: MockParts): Route[] {
  const { documents, options, isReady } = parts;
  const operations: Route[] = [];
  const procedures: Procedure[] = [];
  for (const document of documents) {
    for (const operation of operationsOf(document)) {
      // POST and GET of a procedure are one: its handler takes every method of the path.
      if (operation.procedure === undefined || operation.method !== 'POST') continue;
      procedures.push(operation.procedure);
      const handle = createProcedureHandler(operation, operation.procedure, { ...parts, document });
      operations.push({ path: operation.path, handle });
    }
  }
  const control = createControlRoutes({
    documentText: documents.map((document) => document.text).join('\n---\n'),
    // Loaded on demand: start-up must not wait for the descriptors' library.
    descriptorSet: async () => {
      const { fileDescriptorSet } = await import('../connect/proto-descriptor.ts');
      return fileDescriptorSet(procedures);
    },
    isReady,
    welcome: options.strict ? undefined : welcomeText(documents),
  });
  return [...control, ...operations];
}
