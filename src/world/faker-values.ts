import type { Faker } from '@faker-js/faker';

/** A value as JSON has it. */
type JsonLike = string | number | boolean;

/** The value of a faker function, e.g. `internet.email`, from the draws given; undefined where there is none. */
export type FakerValues = (name: string, draw: () => number) => JsonLike | undefined;

/** Where faker's own idea of the present stands, so that its dates do not depend on the clock. */
const REFERENCE_DATE = '2026-01-15T12:00:00Z';

/**
 * Loads faker's English locale and gives its functions by name, such as a document writes them behind `x-faker`.
 * Names are `module.function`; dates come as RFC 3339. What is no function, wants arguments or gives no single value
 * is undefined.
 */
export async function loadFakerValues(): Promise<FakerValues> {
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  // The locale file exports an instance but not its class; the instance's constructor is that class.
  const FakerOfLocale = shared.constructor as typeof Faker;
  let next: () => number = () => 0;
  const faker = new FakerOfLocale({
    locale: shared.rawDefinitions,
    randomizer: { next: () => next(), seed: () => undefined },
  });
  faker.setDefaultRefDate(REFERENCE_DATE);
  return (name, draw) => {
    const found = functionAt(faker, name);
    if (found === undefined) return undefined;
    next = draw;
    try {
      return jsonOf(found());
    } catch {
      // The function wants arguments: the schema decides instead.
      return undefined;
    }
  };
}

function functionAt(faker: Faker, name: string): (() => unknown) | undefined {
  const [moduleName = '', functionName = '', ...more] = name.split('.');
  if (more.length > 0 || !Object.hasOwn(faker, moduleName) || functionName === 'constructor')
    return undefined;
  const module: unknown = Reflect.get(faker, moduleName);
  if (typeof module !== 'object' || module === null) return undefined;
  const found: unknown = Reflect.get(module, functionName);
  return typeof found === 'function' ? () => Reflect.apply(found, module, []) : undefined;
}

function jsonOf(value: unknown): JsonLike | undefined {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
