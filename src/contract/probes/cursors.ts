import { learntField } from '../learn/query.ts';
import { windowMessage } from '../learn/window.ts';
import { call, jsonProbe, type Probe, type RequestMessage, singleProbe } from '../probe.ts';
import { nextCursorOf, type RunView } from '../run-view.ts';
import { smallSize } from './pages.ts';

const AFTER_WALK = ['walk/small'];

/** The cursor that the first page of the walk gave. */
export function firstCursor(view: RunView): string | undefined {
  return nextCursorOf(view.exchanges('walk/small')[0]);
}

/** The same cursor with one character in its middle changed for another of its alphabet. */
export function tamperedCursor(cursor: string): string {
  const at = Math.floor(cursor.length / 2);
  const changed = cursor[at] === 'A' ? 'B' : 'A';
  return `${cursor.slice(0, at)}${changed}${cursor.slice(at + 1)}`;
}

function afterFirstPage(
  [id, template]: readonly [id: string, template: string],
  changes: (cursor: string, view: RunView) => RequestMessage | undefined,
  traits: { readonly needs?: readonly string[]; readonly live?: boolean } = {},
): Probe {
  return singleProbe([id, template], { needs: AFTER_WALK, ...traits }, (view) => {
    const cursor = firstCursor(view);
    const change = cursor === undefined ? undefined : changes(cursor, view);
    if (change === undefined) return undefined;
    return call(view.settings, { limit: smallSize(view), ...windowMessage(view), ...change });
  });
}

/** What a cursor is worth: again, broken, and out of its place. */
export const CURSOR_PROBES: readonly Probe[] = [
  singleProbe(
    ['cursor/replay', 'POST {"limit":<quarter>,<window>,"cursor":<first>} again'],
    { needs: AFTER_WALK, repeat: true },
    (view) => view.exchanges('walk/small')[1]?.request,
  ),
  jsonProbe(['cursor/garbage', '{"limit":1,"cursor":"not a cursor"}'], { smoke: true }),
  // It can be decoded by everybody who takes a cursor for base64.
  jsonProbe(['cursor/garbage-base64', '{"limit":1,"cursor":"Zm9vYmFy"}']),
  afterFirstPage(['cursor/tampered', 'POST {…,"cursor":<first, one character changed>}'], (cursor) => ({
    cursor: tamperedCursor(cursor),
  })),
  afterFirstPage(
    ['cursor/other-query', 'POST {…,"cursor":<first>,"query":<another>}'],
    (cursor, view) => {
      const field = learntField(view, 'status') ?? learntField(view, 'technology');
      return field === undefined ? undefined : { cursor, query: `${field.name}:${field.value}` };
    },
    { needs: ['walk/small', 'query/status', 'query/technology'] },
  ),
  singleProbe(
    ['cursor/empty', 'POST {"limit":<quarter>,<window>,"cursor":"","query":"","sortBy":null}'],
    { needs: AFTER_WALK },
    (view) =>
      view.exchanges('walk/small').length === 0
        ? undefined
        : call(view.settings, {
            limit: smallSize(view),
            ...windowMessage(view),
            cursor: '',
            query: '',
            sortBy: null,
          }),
  ),
];
