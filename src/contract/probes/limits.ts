import { call, jsonProbe, type Probe, singleProbe } from '../probe.ts';

const MAX_INT32 = 2_147_483_647;
const NOT_UTF8 = Buffer.concat([
  Buffer.from('{"limit":1,"query":"'),
  Buffer.from([0xff, 0xfe]),
  Buffer.from('"}'),
]);
const BYTE_ORDER_MARK = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"limit":1}')]);
/** Above the limit of every other probe with data, for servers that cut pages at a size of their own. */
const MORE_THAN_A_PAGE = 100;
const NESTING = 20_000;
const OVERSIZE_BYTES = 8 * 1024 * 1024;

/** Fixed bodies: values of `limit`, types, and texts that are no message. */
export const LIMIT_PROBES: readonly Probe[] = [
  jsonProbe(['limits/absent', '{}'], {}, { isForData: true }),
  jsonProbe(['limits/zero', '{"limit":0}']),
  jsonProbe(['limits/negative', '{"limit":-1}'], { smoke: true }),
  singleProbe(['limits/above', 'POST {"limit":<maximum + 1>}'], {}, ({ settings }) =>
    settings.document.maxLimit === undefined
      ? undefined
      : call(settings, `{"limit":${settings.document.maxLimit + 1}}`),
  ),
  jsonProbe(['limits/too-wide', `{"limit":${MAX_INT32 + 1}}`], { live: false }),
  singleProbe(
    ['errors/again', 'POST {"limit":-1} again'],
    { repeat: true, live: false, needs: ['limits/negative'] },
    ({ settings }) => call(settings, '{"limit":-1}'),
  ),
  jsonProbe(['limits/fraction', '{"limit":1.5}']),
  jsonProbe(['limits/boolean', '{"limit":true}'], { live: false }),
  jsonProbe(['limits/text', '{"limit":"2"}']),
  singleProbe(['limits/float', 'POST {"limit":100.0}'], { live: false }, ({ settings }) =>
    call(
      settings,
      `{"limit":${Math.min(MORE_THAN_A_PAGE, settings.document.maxLimit ?? MORE_THAN_A_PAGE)}.0}`,
    ),
  ),
];

/** Bodies around one valid message. */
export const BODY_PROBES: readonly Probe[] = [
  jsonProbe([
    'body/snake-case',
    '{"limit":1,"zzNoSuchField":{"a":[1]},"sort_by":"","start_timestamp":"2001-01-01T00:00:00Z","end_timestamp":"2001-01-02T00:00:00Z"}',
  ]),
  jsonProbe(['body/malformed', '{"limit":1'], { smoke: true }),
  // No body can carry no window, and whoever accepts it gives the newest sessions.
  singleProbe(['body/empty', 'POST with an empty body'], { live: false }, ({ settings }) =>
    call(settings, ''),
  ),
  jsonProbe(['body/trailing', '{"limit":1} x'], { live: false }),
  jsonProbe(['body/duplicate-key', '{"limit":1,"limit":1}'], { live: false }),
  singleProbe(
    ['body/not-utf8', 'POST {"limit":1,"query":"<bytes FF FE>"}'],
    { live: false },
    ({ settings }) => call(settings, NOT_UTF8),
  ),
  singleProbe(
    ['body/byte-order-mark', 'POST <byte order mark>{"limit":1}'],
    { live: false },
    ({ settings }) => call(settings, BYTE_ORDER_MARK),
  ),
  singleProbe(['body/deep', `POST ${NESTING} open brackets`], { live: false }, ({ settings }) =>
    call(settings, `{"limit":1,"zz":${'['.repeat(NESTING)}`),
  ),
  singleProbe(['body/oversize', 'POST a query of 8 MB'], { live: false }, ({ settings }) =>
    call(settings, `{"limit":1,"query":"${'a'.repeat(OVERSIZE_BYTES)}"}`),
  ),
];
