import type { Procedure } from '../connect/procedure.ts';
import { createControlRoutes } from './control-routes.ts';
import { createDocsRoutes } from './docs-routes.ts';
import type { MockParts } from './mock-parts.ts';
import { createProcedureHandler } from './procedure-handler.ts';
import { createRestHandler } from './rest-handler.ts';
import type { Route } from './route.ts';
import { createRouteTable, type RestRoute, type RouteTable } from './route-table.ts';
import { welcomeText } from './welcome.ts';

/** Every place where the mock answers: the operations of its documents, and its control routes. */
export function createRoutes(parts: MockParts): RouteTable {
  const { served, options, isReady } = parts;
  const procedureRoutes: Route[] = [];
  const procedures: Procedure[] = [];
  const rest = served.map(({ document, operations }) =>
    operations.flatMap((operation): RestRoute[] => {
      const { procedure, path, otherPaths = [] } = operation;
      const context = { ...parts, document };
      if (procedure === undefined) return [{ operation, handle: createRestHandler(operation, context) }];
      // POST and GET of a procedure are one: its handler takes every method of the path.
      if (operation.method !== 'POST') return [];
      procedures.push(procedure);
      const handle = createProcedureHandler(operation, procedure, context);
      procedureRoutes.push(...[path, ...otherPaths].map((one): Route => ({ path: one, handle })));
      return [];
    }),
  );
  const control = createControlRoutes({
    documentText: served.map(({ document }) => document.text).join('\n---\n'),
    // Loaded on demand: few callers ask for it.
    descriptorSet: async () => {
      const { fileDescriptorSet } = await import('../connect/proto-descriptor.ts');
      return fileDescriptorSet(procedures);
    },
    isReady,
    welcome: options.strict ? undefined : welcomeText(served.flatMap(({ operations }) => operations)),
  });
  const docs = createDocsRoutes(served, options);
  return createRouteTable({ control: [...control, ...docs], procedures: procedureRoutes, rest });
}
