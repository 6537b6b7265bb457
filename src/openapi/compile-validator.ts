import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  compilableSchema,
  numberFormat,
  type RewriteOptions,
  type SchemaVariant,
  type ValidationMode,
} from './compile-schema.ts';
import { FORMATS } from './formats.ts';
import type { PatternTest } from './guard-pattern.ts';
import { lazyReferences } from './lazy-references.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { patternTest } from './pattern.ts';
import { schemaAt } from './schema-view.ts';
import type { Violation } from './violation.ts';
import { violationsOf } from './violations-of.ts';

/** What is wrong with a value, all at once; empty where it is valid. */
export type Validator = (value: unknown) => Violation[];

/** How to check, and how to say what is wrong. */
export interface ValidatorOptions extends Partial<ValidationMode> {
  /** `open` (the default): what the schema says. `closed`: also no undeclared property. */
  readonly mode?: ValidationMode['mode'];
  /** `response` is the default; see {@link ValidationMode}. */
  readonly direction?: ValidationMode['direction'];
  /** What the value itself is called in messages; default `value`. Properties are called by their path. */
  readonly subject?: string;
  /** Most violations given at once; default 100. */
  readonly maxViolations?: number;
  /** False keeps values out of messages and says only what they look like; default true. */
  readonly showsValues?: boolean;
}

/**
 * A check of values against the schema at a pointer such as `#/components/schemas/SessionObject`. Cheap to make:
 * the schema is compiled when the first value comes, once for each document, pointer and mode.
 * Throws RangeError where there is no schema.
 */
export function compileValidator(
  document: LoadedDocument,
  schemaRef: string,
  options: ValidatorOptions = {},
): Validator {
  const { mode = 'open', direction = 'response', subject = 'value' } = options;
  const { maxViolations = 100, showsValues = true } = options;
  schemaAt(document.root, schemaRef);
  let check: ValidateFunction | undefined;
  return (value) => {
    const compiler = compilerOf(document);
    check ??= compiler.check(schemaRef, { mode, direction });
    if (check(value)) return [];
    const report = { subject, maxViolations, showsValues, referenced: compiler.referenced };
    return violationsOf(check.errors ?? [], report);
  };
}

/** One memo for each document, gone with it: a document never changes, so neither do its checks. */
const compilers = new WeakMap<LoadedDocument, SchemaCompiler>();

function compilerOf(document: LoadedDocument): SchemaCompiler {
  const known = compilers.get(document);
  if (known !== undefined) return known;
  const compiler = new SchemaCompiler(document);
  compilers.set(document, compiler);
  return compiler;
}

class SchemaCompiler {
  readonly #document: LoadedDocument;
  readonly #ajv: Ajv2020 = createAjv((name) => this.#compile(name));
  readonly #names = new Map<string, string>();
  readonly #places = new Map<string, SchemaPlace>();
  readonly #schemas = new Map<string, unknown>();

  constructor(document: LoadedDocument) {
    this.#document = document;
  }

  /** The rewritten schema behind a name that stands in a `$ref`. */
  readonly referenced = (name: string): unknown => this.#schemas.get(name);

  check(pointer: string, mode: ValidationMode): ValidateFunction {
    return this.#compile(this.#nameOf({ pointer, ...mode, isClosed: mode.mode === 'closed' }));
  }

  /** A name of our own for a schema; the same one for the same place and variant. */
  #nameOf(place: SchemaPlace): string {
    const { pointer, ...options } = place;
    const key = `${options.mode} ${options.direction} ${options.isClosed} ${pointer}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `schema-${this.#names.size}`;
    this.#names.set(key, name);
    this.#places.set(name, place);
    return name;
  }

  #compile(name: string): ValidateFunction {
    const place = this.#places.get(name);
    if (place !== undefined && !this.#schemas.has(name)) this.#define(name, place);
    const check = this.#ajv.getSchema(name);
    if (check === undefined) throw new RangeError(`no schema ${name}`);
    return check;
  }

  #define(name: string, { pointer, ...options }: SchemaPlace): void {
    const nameOf: RewriteOptions['nameOf'] = (reference, variant) =>
      this.#nameOf({ pointer: reference, ...options, ...variant });
    const schema = compilableSchema(this.#document.root, pointer, { ...options, nameOf });
    this.#schemas.set(name, schema);
    this.#ajv.addSchema(typeof schema === 'boolean' ? { allOf: [schema] } : schema, name);
  }
}

/** Which schema of the document, and in which variant. */
interface SchemaPlace extends ValidationMode, SchemaVariant {
  readonly pointer: string;
}

function createAjv(compile: (name: string) => ValidateFunction): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    // Legal in JSON Schema and common in published documents, so not refused.
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
    allowMatchingProperties: true,
    ownProperties: true,
    multipleOfPrecision: 9,
    // The document's own check has looked at every keyword already.
    meta: false,
    validateSchema: false,
    code: { regExp: patternEngine() },
  });
  ajv.removeKeyword('$ref').addKeyword(lazyReferences(compile));
  for (const [name, { string, number }] of FORMATS) {
    if (string !== undefined) ajv.addFormat(name, { type: 'string', validate: string });
    if (number !== undefined) ajv.addFormat(numberFormat(name), { type: 'number', validate: number });
  }
  return ajv;
}

function patternEngine(): { (pattern: string, flags: string): PatternTest; code: string } {
  // `code` is only used by standalone code, which is never generated here.
  return Object.assign((pattern: string) => patternTest(pattern), { code: 'patternTest' });
}
