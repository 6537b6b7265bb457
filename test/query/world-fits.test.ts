import { expectTypeOf, test } from 'vitest';
import type { ColumnBlock, ColumnSource } from '../../src/query/columns.ts';
import type { EntityColumn } from '../../src/query/session-fields.ts';
import type { CodeColumn, World, WorldBlock } from '../../src/world/world.ts';

test('a world and its blocks can be queried as they are', () => {
  expectTypeOf<World>().toExtend<ColumnSource>();
  expectTypeOf<WorldBlock>().toExtend<ColumnBlock>();
  expectTypeOf<CodeColumn>().toEqualTypeOf<EntityColumn>();
});
