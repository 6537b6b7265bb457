import type { Finding } from './case.ts';
import { type DescribedValue, walkDescribed } from './document-walk.ts';
import type { Exchange } from './exchange.ts';
import { remember } from './remember.ts';
import { idOf, isObject, type JsonObject, pageOf, type RunView, sessionsOf } from './run-view.ts';
import { canonicalText } from './same-value.ts';

/** A JSON page and the exchange it came with. */
export interface SeenPage {
  readonly exchange: Exchange;
  readonly page: JsonObject;
}

/** Most sessions of one page that are looked into, and most bytes of all pages: a server may send any amount. */
const MAX_SESSIONS = 1000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Every JSON page of a run that is looked into, each exchange once; very long ones without their end. */
export const allPages: (view: RunView) => readonly SeenPage[] = remember((view) => {
  let bytes = 0;
  return view.all().flatMap((exchange) => {
    const page = pageOf(exchange);
    if (page === undefined || bytes > MAX_BYTES) return [];
    bytes += exchange.answer?.body.byteLength ?? 0;
    return [{ exchange, page: shortened(page) }];
  });
});

function shortened(page: JsonObject): JsonObject {
  const { sessions } = page;
  if (!Array.isArray(sessions) || sessions.length <= MAX_SESSIONS) return page;
  return { ...page, sessions: sessions.slice(0, MAX_SESSIONS) };
}

/** How many sessions came, repeats included, and how many of them are looked into. */
export const countLookedAt: (view: RunView) => { readonly seen: number; readonly of: number } = remember(
  (view) => ({
    seen: allPages(view).reduce((sum, { page }) => sum + listOf(page).length, 0),
    of: view.all().reduce((sum, exchange) => sum + sessionsOf(exchange).length, 0),
  }),
);

function listOf({ sessions }: JsonObject): readonly JsonObject[] {
  return Array.isArray(sessions) ? sessions.filter(isObject) : [];
}

/** A session and the exchange it came with. */
export interface SeenSession {
  readonly session: JsonObject;
  readonly exchange: Exchange;
}

/** Every different session of a run: equal ones once, one that changed as often as it did. */
export const seenSessions: (view: RunView) => readonly SeenSession[] = remember((view) => {
  const seen = new Map<string, SeenSession>();
  for (const { exchange, page } of allPages(view)) {
    for (const session of listOf(page)) {
      const text = JSON.stringify(session);
      if (!seen.has(text)) seen.set(text, { session, exchange });
    }
  }
  const different = new Map([...seen.values()].map((entry) => [canonicalText(entry.session), entry]));
  return [...different.values()];
});

/** How many different sessions a run has seen. */
export const countSessions: (view: RunView) => number = remember(
  (view) => new Set(seenSessions(view).map(({ session }) => idOf(session))).size,
);

/** Keeps one finding for each kind of deviation and says how often it came. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, { finding: Finding; times: number }>();
  for (const finding of findings) {
    const key = `${finding.where ?? ''} ${finding.expected}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { finding, times: 1 });
    else known.times += 1;
  }
  return [...groups.values()].map(({ finding, times }) =>
    times === 1 ? finding : { ...finding, got: `${finding.got} (and ${times - 1} more like it)` },
  );
}

/** Calls a check for every session and groups what it finds. */
export function checkSessions(
  view: RunView,
  check: (session: JsonObject, seen: SeenSession) => readonly Finding[] | undefined,
): { readonly subjects: number; readonly findings: readonly Finding[] } {
  const results = seenSessions(view).map((seen) => check(seen.session, seen));
  const examined = results.filter((result) => result !== undefined);
  return { subjects: examined.length, findings: groupFindings(examined.flat()) };
}

/** A member of a page beside its schema, and the exchange it came with. */
export interface SeenValue {
  readonly described: DescribedValue;
  readonly exchange: Exchange;
}

/** Every different session as a page of its own, and every page without its sessions: all there is, once. */
export const pageParts: (view: RunView) => readonly SeenPage[] = remember((view) => {
  const sessions = seenSessions(view).map(({ session, exchange }) => ({
    page: { sessions: [session] },
    exchange,
  }));
  const others = allPages(view).map(({ page, exchange }) => ({ page: withoutSessions(page), exchange }));
  return [...sessions, ...others];
});

/** Sessions that are objects are looked at elsewhere; anything else under that name is looked at here. */
function withoutSessions(page: JsonObject): JsonObject {
  const { sessions, ...rest } = page;
  return Array.isArray(sessions) && sessions.length > 0 && sessions.every(isObject) ? rest : page;
}

/** Every member of every different session, and of the rest of every page, as the document sees it. */
export const describedValues: (view: RunView) => readonly SeenValue[] = remember((view) => {
  const { loaded, pageSchema } = view.settings.document;
  return pageParts(view).flatMap(({ page, exchange }) =>
    walkDescribed(loaded, pageSchema, page)
      .filter(({ path }) => path !== '/sessions')
      .map((described) => ({ described, exchange })),
  );
});
