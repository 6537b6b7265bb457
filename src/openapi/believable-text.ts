import { instantFor } from './believable-time.ts';
import { type Draw, drawsOf } from './draw.ts';
import type { NameSource } from './name-source.ts';
import { kindOf, type Subject } from './subject.ts';

/** What a believable value is made from. */
export interface Belief {
  /** The property's name as words: `client_ip_address`. */
  readonly words: string;
  readonly subject: Subject;
  readonly names: NameSource;
  /** ms since 1970. */
  readonly now: number;
  readonly draw: Draw;
  /** True where believable values were all there already: any other one is better. */
  readonly isFresh?: boolean;
}

type Maker = (belief: Belief) => string;

const oneOf =
  (text: string): Maker =>
  ({ draw }) =>
    draw.pick(text.split('|'));

/** Names of properties and what stands behind them; the first that fits decides. */
const RULES: readonly (readonly [RegExp, Maker])[] = [
  [/(^|_)e_?mail(_address)?$/, ({ subject }) => subject.person.email],
  [/(^|_)(first|given)_?name$/, ({ subject }) => subject.person.name.split(' ')[0] ?? ''],
  [/(^|_)(last|family|sur)_?name$/, ({ subject }) => subject.person.name.split(' ').at(-1) ?? ''],
  [/(^|_)(user_?name|login|handle)$/, username],
  [/(^|_)(full|display|real)_?name$/, ({ subject }) => subject.person.name],
  [/(^|_)name$/, nameOf],
  [
    /^(owner|author|assignee|reporter|reviewer|created_by|updated_by|requested_by|approved_by)$/,
    ({ subject }) => subject.person.name,
  ],
  [/(^|_)(uuid|guid)$/, ({ draw }) => uuidFrom(draw)],
  [/(^|_)ids?$/, idOf],
  [
    /(^|_)ip(_addresse?s?)?(_?v4)?$/,
    ({ draw }) => `10.${draw.int(0, 63)}.${draw.int(0, 255)}.${draw.int(1, 254)}`,
  ],
  [
    /(^|_)ip_?v6(_address)?$/,
    ({ draw }) => `2001:db8:${draw.int(1, 255).toString(16)}::${draw.int(1, 65_535).toString(16)}`,
  ],
  [/(^|_)(technology|engine)$/, ({ subject }) => subject.resource.technology],
  [
    /(^|_)(avatar|picture|image|photo|logo|thumbnail)(_url)?$/,
    ({ names, subject }) => `https://static.${names.domain}/${subject.entity}/${slug(subject)}.png`,
  ],
  [
    /(^|_)(url|uri|link|href|website|homepage|endpoint)$/,
    ({ names, subject }) => `https://www.${names.domain}/${subject.entity}s/${slug(subject)}`,
  ],
  [
    /(^|_)(host|host_?name|domain|fqdn)$/,
    ({ names, subject }) => `${subject.resource.name.replace(/[^a-z0-9-]/gi, '-')}.${names.domain}`,
  ],
  [
    /(^|_)(phone|mobile|fax)(_number)?$/,
    ({ draw }) => `+1-555-01${String(draw.int(0, 99)).padStart(2, '0')}`,
  ],
  [
    /(_at|_time|_date|_on|timestamp)$|^(date|time|when|created|updated|modified|started|ended|expires)$/,
    (belief) => new Date(instantFor(belief)).toISOString(),
  ],
  [/(^|_)(cursor|page_token|next_token)$/, ({ draw }) => letters(draw, 32)],
  [/(^|_)(hash|sha|sha256|checksum|digest|etag|fingerprint)$/, ({ draw }) => hex(draw, 64)],
  [/(^|_)(commit|revision)$/, ({ draw }) => hex(draw, 40)],
  [/(^|_)(token|secret|password|api_?key|access_key)$/, ({ draw }) => letters(draw, 40)],
  [/(^|_)country_code$/, oneOf('US|DE|SE|GB|JP|BR|NG|IN')],
  [/(^|_)country$/, oneOf('United States|Germany|Sweden|United Kingdom|Japan|Brazil|Nigeria|India')],
  [/(^|_)city$/, oneOf('Berlin|Stockholm|Austin|London|Osaka|Recife|Lagos|Pune')],
  [/(^|_)(region|location|zone)$/, oneOf('eu-west-1|eu-central-1|us-east-1|us-west-2|ap-northeast-1')],
  [/(^|_)(zip|zip_code|postal_?code|post_?code)$/, ({ draw }) => String(draw.int(10_000, 99_999))],
  [
    /(^|_)(street|address|address_line_?\d|line_?1)$/,
    ({ draw }) => `${draw.int(1, 220)} ${draw.pick(['Harbour', 'Mill', 'Station', 'Garden'])} Street`,
  ],
  [
    /(^|_)(company|organi[sz]ation|org|tenant|workspace|vendor)$/,
    oneOf('Acme Robotics|Northwind Labs|Blue Harbour|Fjord Analytics'),
  ],
  [
    /(^|_)(department|team|group)s?$/,
    ({ subject, draw }) => draw.pick(subject.person.groups ?? ['Engineering']),
  ],
  [/(^|_)(job_title|role|position)s?$/, oneOf('engineer|analyst|admin|viewer|editor')],
  [/(^|_)(locale|language|lang)$/, oneOf('en-US|de-DE|sv-SE|ja-JP|pt-BR')],
  [/(^|_)time_?zone$/, oneOf('Europe/Berlin|Europe/Stockholm|America/Chicago|Asia/Tokyo')],
  [/(^|_)currency(_code)?$/, oneOf('USD|EUR|SEK|GBP|JPY')],
  [/(^|_)colou?r$/, ({ draw }) => `#${hex(draw, 6)}`],
  [/(^|_)version$/, ({ draw }) => `${draw.int(1, 6)}.${draw.int(0, 20)}.${draw.int(0, 9)}`],
  [/(^|_)(path|directory)$/, ({ subject }) => `/${subject.entity}s/${slug(subject)}`],
  [/(^|_)(file|file_?name)$/, ({ subject }) => `${slug(subject)}.csv`],
  [/(^|_)(mime|content|media)_?type$/, oneOf('application/json|text/csv|text/plain')],
  [/(^|_)user_?agent$/, oneOf('curl/8.7.1|psql/16.2|Mozilla/5.0 (X11; Linux x86_64)')],
  [/(^|_)(environment|env|stage)$/, oneOf('production|staging|development')],
  [/(^|_)(cron|schedule)$/, oneOf('0 * * * *|*/15 * * * *|30 6 * * 1-5')],
  [
    /(^|_)(query|sql|statement)$/,
    oneOf('SELECT id, total FROM orders LIMIT 100|SELECT count(*) FROM events|SHOW TABLES'),
  ],
  [/(^|_)(status|state|phase)$/, oneOf('active|completed|pending')],
  [/(^|_)(type|kind|category)$/, oneOf('standard|internal|external')],
  [/(^|_)(priority|severity|level)$/, oneOf('low|medium|high')],
  [/(^|_)method$/, oneOf('GET|POST|PUT|DELETE')],
  [/(^|_)protocol$/, oneOf('https|ssh|postgres')],
  [/(^|_)(slug|key|code)$/, ({ subject }) => slug(subject)],
  [/(^|_)(tag|label|scope|permission)s?$/, oneOf('read|write|audit|billing|on-call')],
  [
    /(^|_)(title|subject|headline)$/,
    oneOf('Quarterly access review|Rotate database credentials|Slow orders dashboard|Onboard the data team'),
  ],
  [
    /(^|_)(description|summary|message|comment|note|reason|detail|details|bio|body|text|content|notes)$/,
    oneOf(
      'Reviewed with the data team.|Requested for the weekly report.|Waiting for approval of the owner.|Ran longer than usual.',
    ),
  ],
];

/** A text that a property of this name could well hold; undefined for names that say nothing. */
export function believableText(belief: Belief): string | undefined {
  return RULES.find(([name]) => name.test(belief.words))?.[1](belief);
}

/** A text for a name that says nothing. */
export function plainText({ draw, subject }: Belief): string {
  const adjective = draw.pick([
    'amber',
    'brisk',
    'calm',
    'deep',
    'early',
    'faint',
    'grand',
    'keen',
    'lunar',
    'north',
  ]);
  const noun = draw.pick(['harbor', 'meadow', 'signal', 'summit', 'orchid', 'canyon', 'ember', 'river']);
  return subject.entity === '' ? `${adjective}-${noun}` : `${subject.entity}-${adjective}-${noun}`;
}

/** A random UUID of version 4. */
export function uuidFrom(draw: Draw): string {
  const digits = hex(draw, 32);
  const variant = (8 + draw.int(0, 3)).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}

/** The UUID that stands for an id of another form: the same one wherever that id is meant. */
export function uuidFor(belief: Belief): string {
  return uuidFrom(/(^|_)ids?$/.test(belief.words) ? drawsOf(`uuid ${idOf(belief)}`) : belief.draw);
}

function username({ subject }: Belief): string {
  return subject.person.username ?? subject.person.email.split('@')[0] ?? subject.person.name;
}

/** The word before the last one, e.g. `user` in `user_name`; the object's own word where there is none. */
function ownerWord({ words, subject }: Pick<Belief, 'words' | 'subject'>): string {
  return words.split('_').at(-2) ?? subject.entity;
}

function nameOf(belief: Belief): string {
  const { subject } = belief;
  switch (kindOf(ownerWord(belief))) {
    case 'person':
      return subject.person.name;
    case 'resource':
      return subject.resource.name;
    case 'connector':
      return subject.connector.name;
    case 'other':
      return plainText(belief);
  }
}

function idOf(belief: Belief): string {
  const word = ownerWord(belief);
  const { subject, names, words } = belief;
  switch (kindOf(word)) {
    case 'person':
      return other(belief, names.people, subject.person).id;
    case 'resource':
      return other(belief, names.resources, subject.resource).id;
    case 'connector':
      return other(belief, names.connectors, subject.connector).id;
    case 'other':
      return typeId(isOfAnother(belief) ? words.replace(/_ids?$/, '') : word, word, subject);
  }
}

/** True for the id of another one of the object's own kind: `parent_session_id` of a session. */
function isOfAnother({ words, subject }: Pick<Belief, 'words' | 'subject'>): boolean {
  return ownerWord({ words, subject }) === subject.entity && words.split('_').length > 2;
}

function other<T>(belief: Belief, entries: readonly T[], own: T): T {
  return isOfAnother(belief) ? belief.draw.pick(entries) : own;
}

/** An id of the form Formal uses, the same for the same object and role. */
function typeId(role: string, word: string, { key, entity }: Subject): string {
  const draw = drawsOf(role === entity ? `${key} id` : `${key} ${role} id`);
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const tail = Array.from({ length: 24 }, () => alphabet[draw.int(0, 31)]).join('');
  return `${word === '' ? 'id' : word}_01${tail}`;
}

function slug({ kind, person, resource, key, entity }: Subject): string {
  if (kind === 'person') return person.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (kind === 'resource') return resource.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${entity === '' ? 'item' : entity}-${drawsOf(`${key} slug`).int(100, 9999)}`;
}

function hex(draw: Draw, length: number): string {
  return Array.from({ length }, () => draw.int(0, 15).toString(16)).join('');
}

function letters(draw: Draw, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length }, () => alphabet[draw.int(0, 61)]).join('');
}
