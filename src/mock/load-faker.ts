import { type FakerValues, loadFakerValues } from '../world/faker-values.ts';
import type { ResolvedMockOptions } from './mock-options.ts';
import type { ServedDocument } from './served-documents.ts';

/** What resolves `x-faker`, loaded only where examples are asked for and a document may name it. */
export async function loadFakerFor(
  served: readonly ServedDocument[],
  { preferExamples, watch }: Pick<ResolvedMockOptions, 'preferExamples' | 'watch'>,
): Promise<FakerValues | undefined> {
  const isNamed = watch || served.some(({ document }) => document.text.includes('x-faker'));
  return preferExamples && isNamed ? loadFakerValues() : undefined;
}
