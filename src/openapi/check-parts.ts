import type { ObjectKind } from './document-objects.ts';
import type { DocumentProblem } from './document-source.ts';
import { joinPointer } from './json-pointer.ts';
import { isJsonObject, type JsonObject, ownEntry } from './schema-object.ts';
import { suggest } from './suggest.ts';
import type { Visited } from './walk-document.ts';

/**
 * Everything wrong with the fields of one object that say how it is to be read: the place and style of a parameter,
 * the kind of a key, the status of a response. Skipping one silently would serve something else than was described.
 */
export function checkParts({ kind, pointer, value }: Visited): DocumentProblem[] {
  const check = ownEntry(CHECKS, kind);
  if (check === undefined || !isJsonObject(value) || typeof value['$ref'] === 'string') return [];
  return check(value).map(({ at, reason }) => ({
    pointer: at === undefined ? pointer : at.reduce(joinPointer, pointer),
    reason,
  }));
}

/** A mistake, and the steps from the object to where it stands; absent where something is missing. */
interface Mistake {
  readonly at?: readonly string[];
  readonly reason: string;
}

/** The styles of each place. Source: documented (OpenAPI 3.1, Parameter Object). */
const STYLES: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** The kinds of security schemes. Source: documented (OpenAPI 3.1, Security Scheme Object). */
const SCHEME_TYPES = ['apiKey', 'http', 'mutualTLS', 'oauth2', 'openIdConnect'];

const CHECKS: Readonly<Partial<Record<ObjectKind, (value: JsonObject) => Mistake[]>>> = {
  document: checkInfo,
  parameter: checkParameter,
  header: (value) => checkStyle(value, { owner: 'a header', styles: STYLES['header'] ?? [] }),
  encoding: (value) => checkStyle(value, { owner: 'an encoding', styles: STYLES['query'] ?? [] }),
  securityScheme: checkSecurityScheme,
  operation: checkStatuses,
};

function checkInfo({ info }: JsonObject): Mistake[] {
  if (info === undefined) return [{ reason: 'the field "info" is missing; write its title and version' }];
  if (!isJsonObject(info)) return [{ at: ['info'], reason: 'info must be an object with title and version' }];
  return ['title', 'version'].flatMap((field) => {
    const value = info[field];
    if (value === undefined) return [{ at: ['info'], reason: `the field "${field}" of info is missing` }];
    const isText = typeof value === 'string' || typeof value === 'number';
    return isText ? [] : [{ at: ['info', field], reason: `${field} must be a string` }];
  });
}

function checkParameter(value: JsonObject): Mistake[] {
  const { name, in: place } = value;
  const styles = typeof place === 'string' ? ownEntry(STYLES, place) : undefined;
  return [
    ...(name === undefined ? [{ reason: 'the parameter has no name' }] : []),
    ...(name === undefined || isName(name) ? [] : [{ at: ['name'], reason: 'name must be a text' }]),
    ...(styles === undefined
      ? [wordMistake(value, { field: 'in', owner: 'a parameter', known: Object.keys(STYLES) })]
      : []),
    ...(styles === undefined ? [] : checkStyle(value, { owner: `a ${place} parameter`, styles })),
    ...flagMistakes(value, ['required', 'explode', 'allowEmptyValue']),
  ];
}

function checkStyle(
  value: JsonObject,
  { owner, styles }: { readonly owner: string; readonly styles: readonly string[] },
): Mistake[] {
  const { style } = value;
  const isKnown = style === undefined || styles.some((known) => known === style);
  return isKnown ? [] : [wordMistake(value, { field: 'style', owner, known: styles })];
}

function checkSecurityScheme(value: JsonObject): Mistake[] {
  const { type, in: place, name, scheme } = value;
  const owner = 'a security scheme';
  if (!SCHEME_TYPES.some((known) => known === type))
    return [wordMistake(value, { field: 'type', owner, known: SCHEME_TYPES })];
  if (type === 'http' && !isName(scheme))
    return [{ reason: 'a security scheme of type http needs a scheme' }];
  if (type !== 'apiKey') return [];
  const places = ['header', 'query', 'cookie'];
  return [
    ...(places.some((known) => known === place)
      ? []
      : [wordMistake(value, { field: 'in', owner: 'an apiKey', known: places })]),
    ...(isName(name)
      ? []
      : [{ reason: 'a security scheme of type apiKey needs the name of its header, parameter or cookie' }]),
  ];
}

function checkStatuses({ responses }: JsonObject): Mistake[] {
  if (!isJsonObject(responses)) return [];
  return Object.keys(responses)
    .filter((status) => !/^([1-5](\d\d|XX)|default|x-.*)$/i.test(status))
    .map((status) => ({
      at: ['responses', status],
      reason: `"${status}" is no status: write three digits, a class such as 4XX, or default${suggest(status, ['default'])}`,
    }));
}

function wordMistake(
  value: JsonObject,
  {
    field,
    owner,
    known,
  }: { readonly field: string; readonly owner: string; readonly known: readonly string[] },
): Mistake {
  const given = value[field];
  const choice = known.length === 1 ? (known[0] ?? '') : `one of ${known.join(', ')}`;
  if (given === undefined) return { reason: `the field "${field}" of ${owner} is missing; write ${choice}` };
  const hint = typeof given === 'string' ? suggest(given, known) : '';
  return {
    at: [field],
    reason: `${field} of ${owner} must be ${choice} (got ${JSON.stringify(given)})${hint}`,
  };
}

function flagMistakes(value: JsonObject, fields: readonly string[]): Mistake[] {
  return fields
    .filter((field) => value[field] !== undefined && typeof value[field] !== 'boolean')
    .map((field) => ({
      at: [field],
      reason: `${field} must be true or false (got ${JSON.stringify(value[field])})`,
    }));
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
