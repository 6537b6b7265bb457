import { joinPointer } from './json-pointer.ts';
import type { SecurityAlternative, SecurityScheme } from './operation.ts';
import { resolveReference } from './references.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';

/** What an operation asks for: its own `security`, else the document's; empty where nothing is asked for. */
export function securityOf(root: JsonObject, operation: JsonObject): SecurityAlternative[] {
  const requirements = operation['security'] ?? root['security'];
  if (!Array.isArray(requirements)) return [];
  return requirements
    .filter(isJsonObject)
    .map((requirement) => Object.keys(requirement).map((id) => readScheme(root, id)));
}

function readScheme(root: JsonObject, id: string): SecurityScheme {
  const { value } = resolveReference(root, joinPointer('#/components/securitySchemes', id));
  const scheme = isJsonObject(value) ? value : {};
  const type = String(scheme['type']);
  switch (type) {
    case 'apiKey':
      return { kind: 'apiKey', id, in: placeOf(scheme['in']), name: String(scheme['name']) };
    case 'http':
      return httpScheme(id, String(scheme['scheme']).toLowerCase());
    case 'oauth2':
    case 'openIdConnect':
      return { kind: 'bearer', id };
    default:
      return { kind: 'other', id, type };
  }
}

function httpScheme(id: string, scheme: string): SecurityScheme {
  if (scheme === 'bearer' || scheme === 'basic') return { kind: scheme, id };
  return { kind: 'other', id, type: `http ${scheme}` };
}

function placeOf(place: unknown): 'header' | 'query' | 'cookie' {
  return place === 'query' || place === 'cookie' ? place : 'header';
}
