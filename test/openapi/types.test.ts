import { describe, expect, expectTypeOf, it } from 'vitest';
import { loadDocument } from '../../src/openapi/load-document.ts';
import type { ListSessionsV2Request, Operations, SessionObject } from '../../src/openapi/types.gen.ts';
import type { SessionObject as WorldSession } from '../../src/world/session-object.ts';
import { typesOfDocument } from './types-of-document.ts';

describe('types.gen.ts', () => {
  it('is what openapi.yaml says', async () => {
    const types = typesOfDocument(await loadDocument('openapi.yaml'));
    await expect(types).toMatchFileSnapshot('../../src/openapi/types.gen.ts');
  });

  it('has the types of requests, sessions and errors', () => {
    expectTypeOf<ListSessionsV2Request['limit']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SessionObject['sessionStatus']>().toEqualTypeOf<
      'active' | 'completed' | 'idle' | undefined
    >();
    expectTypeOf<Operations['ListSessionsV2']['request']>().toEqualTypeOf<ListSessionsV2Request>();
    expectTypeOf<keyof SessionObject>().toEqualTypeOf<keyof WorldSession>();
  });
});
