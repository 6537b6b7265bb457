import type { CodeKeywordDefinition, ValidateFunction } from 'ajv';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';

/**
 * The keyword `$ref` for a validator whose schemas refer to each other by name: what a name stands for is compiled
 * when the first value gets there. The validator's own keyword compiles everything that can be reached at once, one
 * call inside the other, so that a few hundred messages that hold each other overflow the stack.
 */
export function lazyReferences(compile: (name: string) => ValidateFunction): CodeKeywordDefinition {
  return {
    keyword: '$ref',
    schemaType: 'string',
    code: (context) => {
      // The keyword's own type of schema is a text.
      const wrapper = createWrapper(context.schema as string, compile);
      callRef(context, _`${context.gen.scopeValue('wrapper', { ref: wrapper })}.validate`);
    },
  };
}

interface Wrapper {
  readonly validate: ValidateFunction;
}

function createWrapper(name: string, compile: (name: string) => ValidateFunction): Wrapper {
  let compiled: ValidateFunction | undefined;
  return {
    get validate() {
      compiled ??= compile(name);
      return compiled;
    },
  };
}
