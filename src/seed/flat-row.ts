import { createColumnsReader, rememberByCode } from '../world/block-columns.ts';
import type { SessionObject } from '../world/session-object.ts';
import { CODE_COLUMNS, type CodeColumn, type World, type WorldBlock } from '../world/world.ts';
import {
  ALL_SESSION_COLUMNS,
  type Cell,
  type ColumnType,
  SESSION_COLUMNS,
  type SessionColumn,
  secondsOf,
} from './flat-columns.ts';
import type { RowText } from './json-row.ts';
import { createOwnReader, type OwnValues } from './own-values.ts';

/** How a flat row becomes text. */
export interface FlatStyle {
  /** One value, escaped; an absent one too. */
  readonly cell: (cell: Cell, type: ColumnType) => string;
  readonly separator: string;
}

/** Makes flat rows from the sessions themselves: right for every world. */
export function createObjectFlat(world: World, now: number, style: FlatStyle): RowText {
  const write = createSessionFlat(ALL_SESSION_COLUMNS, style);
  return (block, row) => write(world.at(block.first + row, now));
}

/** Makes flat rows from a world's columns: the same text, every shared part escaped once. */
export function createColumnFlat(world: World, now: number, style: FlatStyle): RowText {
  const own = createOwnReader(world, now);
  const codesOf = createColumnsReader();
  const part = Object.fromEntries(
    CODE_COLUMNS.map((name) => {
      const write = createSessionFlat(SESSION_COLUMNS[name], style);
      return [name, rememberByCode((code) => write(world.dictionary(name)[code] ?? {}))] as const;
    }),
    // fromEntries forgets which keys it was given; they are exactly CODE_COLUMNS.
  ) as Record<CodeColumn, (code: number) => string>;
  const [writeOwn, comma] = [createOwnFlat(style), style.separator];
  const noParent = style.cell(undefined, 'text');
  return (block: WorldBlock, row: number) => {
    const codes = codesOf(block);
    const values = own(block, row);
    const parent = values.parentSessionId;
    return `${writeOwn(values)}${comma}${part.clientIp(codes.clientIp[row] ?? 0)}${comma}${part.serverIp(
      codes.serverIp[row] ?? 0,
    )}${comma}${part.sidecar(codes.sidecar[row] ?? 0)}${comma}${part.user(codes.user[row] ?? 0)}${comma}${part.endUser(
      codes.endUser[row] ?? 0,
    )}${comma}${part.resource(codes.resource[row] ?? 0)}${comma}${part.connector(
      codes.connector[row] ?? 0,
    )}${comma}${parent === '' ? noParent : style.cell(parent, 'text')}`;
  };
}

function createSessionFlat(
  columns: readonly SessionColumn[],
  { cell, separator }: FlatStyle,
): (session: SessionObject) => string {
  return (session) => columns.map(({ read, type }) => cell(read(session), type)).join(separator);
}

function createOwnFlat({ cell, separator }: FlatStyle): (values: OwnValues) => string {
  const absent = `${cell(undefined, 'timestamp')}${separator}${cell(undefined, 'decimal')}`;
  return ({ id, startTime, endTime, duration, sessionStatus }) => {
    const end =
      endTime === ''
        ? absent
        : `${cell(endTime, 'timestamp')}${separator}${cell(secondsOf(duration), 'decimal')}`;
    return [cell(id, 'text'), cell(startTime, 'timestamp'), end, cell(sessionStatus, 'text')].join(separator);
  };
}
