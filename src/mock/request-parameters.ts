import type { IncomingHttpHeaders } from 'node:http';
import { compileValidator } from '../openapi/compile-validator.ts';
import { parsePointer } from '../openapi/json-pointer.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation, OperationParameter } from '../openapi/operation.ts';
import type { JsonObject, JsonValue } from '../openapi/schema-object.ts';
import { presentAt, propertiesOf } from '../openapi/schema-view.ts';
import {
  type CoerceContext,
  coerceContext,
  coerceList,
  coerceObject,
  coerceText,
  isOpenObject,
  textShapeOf,
} from './coerce-text.ts';
import { coerceTree } from './coerce-tree.ts';
import {
  decodeText,
  type ParameterText,
  queryText,
  type StyledParameter,
  singleText,
  splitPairs,
} from './parameter-text.ts';
import type { RequestProblem } from './request-problem.ts';
import { cookieOf } from './security.ts';
import { stepsOf } from './text-tree.ts';

/** Where parameters come from. */
export interface RawParameters {
  /** Parts of the path by name, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Path and query of the request. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** The parameters of a request, and everything that is wrong with them. */
export interface ReadParameters {
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly problems: readonly RequestProblem[];
}

/** Headers that parameters cannot describe. Source: documented (OpenAPI 3.1, Parameter Object). */
const FOREIGN_HEADERS = ['accept', 'content-type', 'authorization'];

/** Makes the reader of an operation's parameters. Undeclared ones are ignored. */
export function createParameterReader(
  operation: Operation,
  document: LoadedDocument,
): (raw: RawParameters) => ReadParameters {
  const parameters = operation.parameters
    .filter(({ in: place, name }) => place !== 'header' || !FOREIGN_HEADERS.includes(name.toLowerCase()))
    .map((parameter) => prepare(parameter, { document, taken: takenNames(operation) }));
  return (raw) => {
    const pairs = splitPairs(raw.url.split('?').slice(1).join('?').split('#')[0] ?? '');
    const values: Record<OperationParameter['in'], [string, JsonValue][]> = {
      path: [],
      query: [],
      header: [],
      cookie: [],
    };
    const problems = parameters.flatMap((parameter) => {
      const text = textOf(parameter, raw, pairs);
      const { in: place, name } = parameter;
      const problem = (message: string, steps: readonly string[] = []): RequestProblem => ({
        in: place,
        steps: [name, ...steps],
        message: `${place} parameter ${message}`,
      });
      if (text === undefined) return parameter.isRequired ? [problem(`${name} is required`)] : [];
      const read = parameter.read(text);
      if (read.value !== undefined) values[parameter.in].push([parameter.name, read.value]);
      return read.problems.map(({ message, steps }) => problem(message, steps));
    });
    return { path: Object.fromEntries(values.path), query: Object.fromEntries(values.query), problems };
  };
}

interface Prepared extends StyledParameter, Pick<OperationParameter, 'in' | 'isRequired'> {
  readonly read: (text: ParameterText) => {
    readonly value?: JsonValue;
    readonly problems: readonly Pick<RequestProblem, 'steps' | 'message'>[];
  };
}

/** Names in the query that belong to parameters and keys: a free-form object takes all others. */
function takenNames({ parameters, security }: Operation): ReadonlySet<string> {
  const keys = security
    .flat()
    .flatMap((scheme) => (scheme.kind === 'apiKey' && scheme.in === 'query' ? [scheme.name] : []));
  return new Set([
    ...parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name),
    ...keys,
  ]);
}

interface PrepareContext {
  readonly document: LoadedDocument;
  readonly taken: ReadonlySet<string>;
}

function prepare(parameter: OperationParameter, { document, taken }: PrepareContext): Prepared {
  const { schemaRef, name, style } = parameter;
  if (schemaRef === undefined) {
    return {
      ...parameter,
      shape: 'scalar',
      isMember: () => false,
      read: (text) => ({ value: plain(text), problems: [] }),
    };
  }
  const context = coerceContext(document, schemaRef);
  const names = new Set(
    propertiesOf(document.root, presentAt(document.root, context.at)).map((one) => one.name),
  );
  const isOpen = isOpenObject(context);
  const validate = compileValidator(document, schemaRef, { direction: 'request', subject: name });
  return {
    ...parameter,
    shape: style === 'json' ? 'scalar' : textShapeOf(context),
    isMember: (member) => names.has(member) || (isOpen && !taken.has(stepsOf(member)[0] ?? member)),
    read: (text) => {
      const value = style === 'json' ? parseJson(text) : coerced(context, text);
      if (value === undefined) return { problems: [{ steps: [], message: `${name} is not JSON` }] };
      const violations = validate(value);
      return {
        value,
        problems: violations.map(({ pointer, message }) => ({ steps: parsePointer(pointer), message })),
      };
    },
  };
}

function plain(text: ParameterText): string {
  return text.shape === 'scalar' ? text.text : '';
}

function coerced(context: CoerceContext, text: ParameterText): JsonValue {
  switch (text.shape) {
    case 'scalar':
      return coerceText(context, text.text);
    case 'list':
      return coerceList(context, text.texts);
    case 'object':
      return coerceObject(context, text.members);
    case 'tree':
      return coerceTree(context, text.tree);
    default:
      return text satisfies never;
  }
}

function parseJson(text: ParameterText): JsonValue | undefined {
  try {
    return JSON.parse(plain(text));
  } catch {
    // The caller says what is wrong.
    return undefined;
  }
}

function textOf(
  parameter: Prepared,
  { path, headers }: RawParameters,
  pairs: readonly (readonly [string, string])[],
): ParameterText | undefined {
  if (parameter.in === 'query') return queryText(parameter, pairs);
  const text = singleTextOf(parameter, { path, headers });
  return text === undefined ? undefined : singleText(parameter, text);
}

function singleTextOf(
  { in: place, name }: Prepared,
  { path, headers }: Pick<RawParameters, 'path' | 'headers'>,
): string | undefined {
  if (place === 'path') return path[name];
  if (place === 'cookie') {
    const cookie = cookieOf(headers.cookie ?? '', name);
    return cookie === undefined ? undefined : decodeText(cookie);
  }
  const header = headers[name.toLowerCase()];
  return Array.isArray(header) ? header.join(', ') : header;
}
