import { attributeValues, learntField } from '../learn/query.ts';
import { windowMessage, windowSessions } from '../learn/window.ts';
import { call, type Probe, type RequestMessage, singleProbe } from '../probe.ts';
import { memberAt, type RunView } from '../run-view.ts';

const NEEDS = ['page/window', 'query/status', 'query/technology'];

/** A question about the query language that has no right answer, only an answer. */
interface Question {
  readonly id: `discovery/${string}`;
  /** As people read it. */
  readonly shown: string;
  /** The members that ask it; undefined where the data does not allow it. */
  readonly ask: (view: RunView) => RequestMessage | undefined;
}

function fixed(id: Question['id'], query: string): Question {
  return { id, shown: query, ask: () => ({ query }) };
}

function technologyQuery(
  view: RunView,
  write: (name: string, values: readonly string[]) => string,
): RequestMessage | undefined {
  const name = learntField(view, 'technology')?.name;
  const values = attributeValues(view, 'technology');
  return name === undefined || values.length === 0 ? undefined : { query: write(name, values) };
}

/** The first e-mail address of the window. */
function knownEmail(view: RunView): string | undefined {
  const emails = windowSessions(view).map((session) =>
    memberAt(session, ['user', 'formal', 'user', 'email']),
  );
  return emails.find(
    (email): email is string => typeof email === 'string' && /^[\w.-]+@[\w.-]+$/.test(email),
  );
}

function emailQuery(view: RunView, write: (email: string) => string): RequestMessage | undefined {
  const email = knownEmail(view);
  return email === undefined ? undefined : { query: write(email) };
}

/** Each tells two readings of the query language apart. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'discovery/field-group',
    shown: 'technology:(a OR b)',
    ask: (view) => technologyQuery(view, (name, values) => `${name}:(${values.slice(0, 2).join(' OR ')})`),
  },
  {
    id: 'discovery/capitals',
    shown: 'technology:VALUE',
    ask: (view) => technologyQuery(view, (name, [value = '']) => `${name}:${value.toUpperCase()}`),
  },
  {
    id: 'discovery/mixed-operators',
    shown: 'a:x AND b:y c:z',
    ask: (view) =>
      technologyQuery(view, (name, [value = '']) => `${name}:${value} AND ${name}:${value} ${name}:zz_none`),
  },
  fixed('discovery/two-colons', 'a:b:c'),
  {
    id: 'discovery/bare-word',
    shown: '<local part of a known mail>',
    ask: (view) => emailQuery(view, (email) => `"${email.split('@')[0]}"`),
  },
  {
    id: 'discovery/mail-part',
    shown: 'user.formal.user.email:<local part>',
    ask: (view) => emailQuery(view, (email) => `user.formal.user.email:"${email.split('@')[0]}"`),
  },
  fixed('discovery/relative-date', 'start_time:[now-1h TO now]'),
  fixed('discovery/timestamp-name', 'timestamp:[now-90d TO now]'),
  fixed('discovery/exists-proto', 'session_status:*'),
  fixed('discovery/exists-json', 'sessionStatus:*'),
  fixed('discovery/exists-short', 'status:*'),
  fixed('discovery/exists-mail', 'user.formal.user.email:*'),
  fixed('discovery/address-range', 'network.client_ip_address:[10.0.0.0 TO 10.255.255.255]'),
  fixed('discovery/address-wildcard', 'network.client_ip_address:10.*'),
  fixed('discovery/address-cidr', 'network.client_ip_address:"10.0.0.0/8"'),
  fixed('discovery/pattern', 'user.username:/.*/'),
  fixed('discovery/duration-number', 'duration:>=1'),
  fixed('discovery/duration-text', 'duration:"1s"'),
  { id: 'discovery/sort-plus', shown: 'sortBy +start_time', ask: () => ({ sortBy: '+start_time' }) },
  { id: 'discovery/sort-text', shown: 'sortBy resource.name', ask: () => ({ sortBy: 'resource.name' }) },
  {
    id: 'discovery/time-seconds',
    shown: 'startTimestamp in seconds',
    ask: () => ({ startTimestamp: '1000000000' }),
  },
  {
    id: 'discovery/time-date',
    shown: 'startTimestamp as a date',
    ask: () => ({ startTimestamp: '2001-09-09' }),
  },
];

/** The questions as probes; only sent with `--deep`. */
export const DISCOVERY_PROBES: readonly Probe[] = QUESTIONS.map(({ id, shown, ask }) =>
  singleProbe([id, `POST {"limit":50,<window>} ${shown}`], { deep: true, needs: NEEDS }, (view) => {
    const message = windowSessions(view).length === 0 ? undefined : ask(view);
    if (message === undefined) return undefined;
    return call(view.settings, { limit: view.settings.pageLimit, ...windowMessage(view), ...message });
  }),
);
