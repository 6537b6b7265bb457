import type { DocumentProblem } from '../openapi/document-source.ts';
import { fakerNames } from '../openapi/faker-names.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { loadFakerValues } from '../world/faker-values.ts';

/** Every `x-faker` of a document that names no function which gives a value. Faker is loaded where there is one. */
export async function fakerNotes(document: LoadedDocument): Promise<readonly DocumentProblem[]> {
  const names = fakerNames(document);
  if (names.length === 0) return [];
  const fakerValue = await loadFakerValues();
  const draw = createDraws();
  return names
    .filter(({ name }) => typeof name !== 'string' || fakerValue(name, draw) === undefined)
    .map(({ pointer, name }) => ({
      pointer,
      reason: `x-faker ${JSON.stringify(name)} is no function of faker that gives a value by itself; the schema decides`,
    }));
}

/** Numbers from 0 up to 1, the same every time; some functions of faker draw until they have seen enough different ones. */
function createDraws(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
