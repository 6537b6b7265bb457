/** Problems of a value that are named at once; more would hide the first. */
const MAX_PROBLEMS = 3;

/**
 * What keeps a value from fitting a JSON Schema (2020-12), each with its JSON pointer, in one line; undefined where
 * it fits. The validator is loaded here only: files that ship with the package are checked by tests instead.
 */
export async function schemaProblems(value: unknown, schema: object): Promise<string | undefined> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // The scenario schema asks for properties in places that do not declare them: what a file must state depends on `extends`.
  const check = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
  if (check(value)) return undefined;
  const problems = (check.errors ?? []).map(({ instancePath, message = 'is wrong', params }) => {
    const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
    const allowed = 'allowedValues' in params ? `: ${[params['allowedValues']].flat().join(', ')}` : '';
    return `${instancePath === '' ? '/' : instancePath} ${message}${extra}${allowed}`;
  });
  return problems.slice(0, MAX_PROBLEMS).join('; ');
}
