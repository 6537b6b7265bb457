import type { Finding } from './case.ts';
import type { Exchange } from './exchange.ts';
import { textsIn } from './json-texts.ts';
import { seenSessions } from './pages.ts';
import { remember } from './remember.ts';
import { isObject, jsonValue, type RunView } from './run-view.ts';

/** Members of a Connect error; anything beside them in a refusal is data. */
const ERROR_MEMBERS: readonly string[] = ['code', 'message', 'details'];
/** Members of sessions that name somebody or something. */
const NAMING: readonly string[] = ['id', 'parentSessionId', 'email', 'username', 'name'];
/** Names such as `eu-west-1`, which proxies write into headers of their own. */
const COMMON: readonly string[] = ['name', 'username'];
const SHORTEST_TELLING = 6;

/** What of the sessions a refusal shows to a caller who may see none: one finding for each kind of leak. */
export function leakedData(view: RunView, exchange: Exchange): Finding[] {
  const expected = 'no data in a refusal';
  const body = jsonValue(exchange.answer?.json);
  const extra = isObject(body) ? Object.keys(body).filter((name) => !ERROR_MEMBERS.includes(name)) : [];
  const findings = extra.map((name): Finding => ({ expected, got: name, where: `/${name}`, exchange }));
  const headers = (exchange.answer?.rawHeaders ?? []).map(([, value]) => value).join('\n');
  const text = bodyText(exchange);
  const known = [...namingValues(view)].find(
    ([value, name]) => text.includes(value) || (!COMMON.includes(name) && headers.includes(value)),
  );
  if (known === undefined) return findings;
  return [...findings, { expected, got: `the ${known[1]} of a session`, where: 'body or headers', exchange }];
}

/** The body as it came and without JSON escapes, and what its details hold in base64. */
function bodyText({ answer }: Exchange): string {
  const body = jsonValue(answer?.json);
  const details = isObject(body) && Array.isArray(body['details']) ? body['details'].filter(isObject) : [];
  const values = details.map(({ value }) => Buffer.from(String(value ?? ''), 'base64').toString('utf8'));
  const texts = textsIn(body).map(({ text }) => text);
  return [Buffer.from(answer?.body ?? []).toString('utf8'), ...texts, ...values].join('\n');
}

/** Ids, e-mail addresses and names of this run's sessions, each with the member it stands in. */
const namingValues: (view: RunView) => ReadonlyMap<string, string> = remember((view) => {
  const values = new Map<string, string>();
  for (const { session } of seenSessions(view)) {
    for (const { name, text } of textsIn(session)) {
      if (NAMING.includes(name) && isTelling(text)) values.set(text, name);
    }
  }
  return values;
});

/** A plain word such as `production` may stand in any message; an id, an address or a full name does not. */
function isTelling(value: string): boolean {
  return value.length >= SHORTEST_TELLING && !/^[a-z]*$/i.test(value);
}
