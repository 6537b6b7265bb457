import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import { describeAnswer, judgeRefusal, judgeRefusals, reactionOf } from '../expectations.ts';
import { isWindowComplete, windowExchange } from '../learn/window.ts';
import { allPages } from '../pages.ts';

import { createRedactor } from '../redact.ts';
import { idsOf, nextCursorOf, pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { sameValue } from '../same-value.ts';

const CURSOR = ['#/components/schemas/ListSessionsV2Request/properties/cursor/**'];
const NEXT = ['#/components/schemas/ListMetadata/properties/nextCursor/**'];
const LONGEST_CURSOR = 2048;
const CONTROL = 'preflight/accepted';
const GARBAGE = ['cursor/garbage', 'cursor/garbage-base64'];

function judgeReplay(view: RunView): Verdict {
  const [, second] = view.exchanges('walk/small');
  const [replay] = view.exchanges('cursor/replay');
  if (second === undefined || replay === undefined) return nothing('there is no second page');
  const isEqual = sameValue(idsOf(second), idsOf(replay)) && pageOf(replay) !== undefined;
  const findings = isEqual
    ? []
    : [
        {
          expected: `the same page of ${idsOf(second).length} again`,
          got: describeAnswer(replay),
          where: '/sessions',
          exchange: replay,
        },
      ];
  return { subjects: 1, findings };
}

function judgeGarbage(view: RunView): Verdict {
  const sent = GARBAGE.filter((probe) => view.exchanges(probe).length > 0);
  return judgeRefusals(
    view,
    sent.map((probe) => ({ probe, control: CONTROL, statuses: [400], codes: ['invalid_argument'] })),
  );
}

function judgeTampered(view: RunView): Verdict {
  return judgeRefusal(view, {
    probe: 'cursor/tampered',
    control: 'walk/small',
    statuses: [400],
    codes: ['invalid_argument'],
  });
}

function judgeNeverRestarts(view: RunView): Verdict {
  const [first] = view.exchanges('walk/small');
  const exchanges = ['cursor/tampered', 'cursor/other-query'].flatMap((probe) => view.exchanges(probe));
  if (exchanges.length === 0 || sessionsOf(first).length === 0) return nothing('there is no cursor to break');
  const findings = exchanges.flatMap((exchange): Finding[] => {
    const status = exchange.answer?.status ?? 599;
    if (status >= 500) return [{ expected: '400', got: describeAnswer(exchange), exchange }];
    const isFirst = exchange.probe === 'cursor/tampered' && sameValue(idsOf(exchange), idsOf(first));
    return isFirst ? [{ expected: '400', got: 'the first page again', where: '/sessions', exchange }] : [];
  });
  return { subjects: exchanges.length, findings };
}

function judgeForeignQuery(view: RunView): Verdict {
  const [exchange] = view.exchanges('cursor/other-query');
  if (exchange === undefined) return nothing('no query field is known, or there is no cursor');
  const reaction = reactionOf(exchange) ?? describeAnswer(exchange);
  const findings =
    reaction === 'refused' ? [] : [{ expected: '400', got: describeAnswer(exchange), exchange }];
  return { subjects: 1, findings, observed: `a cursor with another query is ${reaction}` };
}

function judgeOtherLimit(view: RunView): Verdict {
  const [first, exchange] = view.exchanges('walk/other');
  const whole = idsOf(windowExchange(view));
  if (exchange === undefined || !isWindowComplete(view)) return nothing('there is no second page');
  if (pageOf(exchange) === undefined) {
    const isLearnable = view.settings.audience !== 'mock' && reactionOf(exchange) === 'refused';
    return {
      subjects: 1,
      findings: isLearnable ? [] : [{ expected: 'the next page', got: describeAnswer(exchange), exchange }],
      observed: 'refused',
    };
  }
  const expected = whole.slice(idsOf(first).length);
  const findings = sameValue(idsOf(exchange), expected)
    ? []
    : [
        {
          expected: `the last ${expected.length} sessions of the big page`,
          got: describeAnswer(exchange),
          where: '/sessions',
          exchange,
        },
      ];
  return { subjects: 1, findings, observed: 'accepted' };
}

function judgeEmptyCursor(view: RunView): Verdict {
  const [first] = view.exchanges('walk/small');
  const [exchange] = view.exchanges('cursor/empty');
  if (first === undefined || exchange === undefined || pageOf(first) === undefined)
    return nothing('the window is empty');
  const isEqual = pageOf(exchange) !== undefined && sameValue(idsOf(first), idsOf(exchange));
  return {
    subjects: 1,
    findings: isEqual
      ? []
      : [{ expected: 'the first page', got: describeAnswer(exchange), where: '/sessions', exchange }],
  };
}

function judgeHygiene(view: RunView): Verdict {
  const redact = createRedactor({ apiKey: view.settings.apiKey });
  const cursors = new Map(
    allPages(view).flatMap(({ exchange }) => {
      const cursor = nextCursorOf(exchange.original ?? exchange);
      return cursor === undefined ? [] : [[cursor, exchange] as const];
    }),
  );
  const findings = [...cursors].flatMap(([cursor, exchange]): Finding[] =>
    cursorProblems(cursor, redact).map((got) => ({
      expected: 'a short, printable, opaque cursor',
      got,
      where: '/listMetadata/nextCursor',
      exchange,
    })),
  );
  return { subjects: cursors.size, findings: findings.slice(0, 1) };
}

function cursorProblems(cursor: string, redact: (text: string) => string): string[] {
  const readings = readingsOf(cursor).join(' ');
  return [
    ...(cursor.length > LONGEST_CURSOR ? [`${cursor.length} characters`] : []),
    ...(/^[\x21-\x7e]+$/.test(cursor) ? [] : ['characters that are not printable ASCII']),
    ...(redact(readings) === readings ? [] : ['the key inside']),
    ...(/[\w.+-]{2,}@[\w-]{2,}\.[a-z]{2,}/i.test(readings) ? ['an e-mail address inside'] : []),
  ];
}

/** A cursor and its parts as text, and as what they hold in base64, in hex and behind percent signs. */
function readingsOf(cursor: string): readonly string[] {
  const parts = cursor.split(/[^\w+/=-]+/).filter((part) => part !== '');
  const inBase64 = [cursor, ...parts].map((part) => Buffer.from(part, 'base64').toString('latin1'));
  // What was packed once may have been packed twice.
  const packed = [...parts, ...inBase64.flatMap((text) => text.split(/[^\w+/=-]+/))];
  const inHex = packed.filter((part) => /^(?:[0-9a-f]{2}){4,}$/i.test(part));
  return [
    cursor,
    cursor.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    ...inBase64,
    ...inHex.map((part) => Buffer.from(part, 'hex').toString('latin1')),
    ...inBase64
      .flatMap((text) => text.split(/[^\w+/=-]+/))
      .map((part) => Buffer.from(part, 'base64').toString('latin1')),
  ];
}

/** What a cursor is, and what an end looks like. */
export const CURSOR_CASES: readonly ContractCase[] = [
  defineCase('pagination/cursor-replay', {
    title: 'The same cursor gives the same page again',
    basis: CURSOR,
    probes: ['walk/small', 'cursor/replay'],
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'A cursor is a position, not a ticket: retries depend on it.',
    judge: judgeReplay,
  }),
  defineCase('pagination/garbage-cursor', {
    title: 'A cursor that is none is refused with 400',
    basis: [...CURSOR, '#/components/responses/InvalidArgument/**'],
    probes: [CONTROL, ...GARBAGE],
    advice: 'Starting again from page 1 makes clients loop; a 5xx makes them retry.',
    judge: judgeGarbage,
  }),
  defineCase('pagination/tampered-cursor', {
    title: 'A cursor with one character changed is refused with 400',
    basis: CURSOR,
    severity: MOCK_ONLY,
    probes: ['walk/small', 'cursor/tampered'],
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'A checksum in the cursor finds it.',
    judge: judgeTampered,
  }),
  defineCase('pagination/broken-cursor-never-restarts', {
    title: 'A broken cursor never starts again from page 1 and never gives a 5xx',
    basis: CURSOR,
    probes: ['walk/small', 'cursor/tampered', 'cursor/other-query'],
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'A client that loops over pages would never end.',
    judge: judgeNeverRestarts,
  }),
  defineCase('pagination/cursor-with-other-query', {
    title: 'A cursor that comes with another query is refused',
    basis: CURSOR,
    severity: MOCK_ONLY,
    probes: ['walk/small', 'query/status', 'query/technology', 'cursor/other-query'],
    examinesSessions: true,
    precondition: 'a query field is known',
    advice: 'The mock binds cursors to query, sort and window; what others do is observed.',
    judge: judgeForeignQuery,
  }),
  defineCase('pagination/limit-may-change', {
    title: 'The limit may change in the middle of a walk',
    basis: CURSOR,
    probes: ['page/window', 'walk/other'],
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'The cursor counts pages instead of holding a position.',
    judge: judgeOtherLimit,
  }),
  defineCase('pagination/empty-cursor', {
    title: 'An empty cursor is no cursor',
    basis: [...CURSOR, 'proto3-json: implicit presence'],
    probes: ['walk/small', 'cursor/empty'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'In proto3 the empty text and an absent field are one case.',
    judge: judgeEmptyCursor,
  }),
  defineCase('pagination/cursor-hygiene', {
    title: 'Cursors are short and printable and hold neither the key nor an e-mail address',
    basis: NEXT,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a page has a cursor',
    advice: 'Cursors end up in URLs and logs.',
    judge: judgeHygiene,
  }),
];
