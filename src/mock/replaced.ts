import { isJsonObject, type JsonValue } from '../openapi/schema-object.ts';

/**
 * A copy of a value with what stands at the end of the steps replaced, or taken out where `put` is undefined. Members
 * on the way that are missing are not made; an entry of a list is replaced but never taken out.
 */
export function replaced(value: JsonValue, steps: readonly string[], put: JsonValue | undefined): JsonValue {
  const [step, ...below] = steps;
  if (step === undefined) return put ?? value;
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) =>
      String(index) === step ? replaced(item, below, put) : item,
    );
  }
  if (!isJsonObject(value)) return value;
  const held = value[step];
  if (below.length > 0) return held === undefined ? value : { ...value, [step]: replaced(held, below, put) };
  if (put !== undefined) return { ...value, [step]: put };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
}
