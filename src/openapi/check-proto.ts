import type { DocumentProblem } from './document-source.ts';
import { joinPointer } from './json-pointer.ts';
import { type BuiltMessages, itemsOf, noMessages, protoTypeOf } from './message-shape.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';
import { type PropertyAt, propertiesOf, schemaAt } from './schema-view.ts';
import type { Visited } from './walk-document.ts';

/** Everything that keeps messages from having a binary form: numbers used twice, types proto3 lacks. */
export function checkProto(root: JsonObject, visited: readonly Visited[]): DocumentProblem[] {
  const at = '#/x-proto-package';
  const protoPackage = root['x-proto-package'];
  if (protoPackage !== undefined && !isPackage(protoPackage)) {
    return [{ pointer: at, reason: 'x-proto-package must be a package name such as core.v1' }];
  }
  const built = noMessages();
  return visited.flatMap(({ kind, pointer, value }) =>
    kind === 'schema' && isJsonObject(value) && isJsonObject(value['properties'])
      ? checkMessage(root, pointer, built)
      : [],
  );
}

function isPackage(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(value);
}

function checkMessage(root: JsonObject, pointer: string, built: BuiltMessages): DocumentProblem[] {
  const seen = new Map<number, string>();
  return propertiesOf(root, schemaAt(root, pointer)).flatMap((property) => {
    const number = typeof property.schema === 'object' ? property.schema['x-proto-field'] : undefined;
    if (number === undefined) return [];
    const earlier = seen.get(number);
    seen.set(number, property.name);
    const reason =
      earlier === undefined
        ? typeProblem(root, property, built)
        : `field number ${number} is already "${earlier}"`;
    return reason === undefined
      ? []
      : [{ pointer: joinPointer(property.pointer, 'x-proto-field'), reason: reason }];
  });
}

function typeProblem(root: JsonObject, property: PropertyAt, built: BuiltMessages): string | undefined {
  const type = protoTypeOf(root, itemsOf(root, property) ?? property, built);
  if (type !== undefined) return undefined;
  return `"${property.name}" has no proto3 type, so it can exist in JSON only: remove x-proto-field`;
}
