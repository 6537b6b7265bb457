// The table of the day, as Markdown.
import { short } from './statistics.mjs';

/** Everything that was measured, as the README shows it. */
export function toMarkdown({ machine, loads, starts, measures }) {
  const parts = [
    describe(machine),
    cpuTable(loads),
    naiveTable(loads),
    latencyTable(loads),
    startTable(starts),
  ];
  if (measures.length > 0) parts.push(measureTable(measures));
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function describe({ node, cores, cpu, loadBefore, loadAfter, rounds, seconds, connections, date }) {
  return (
    `${date}, Node ${node}, ${cores} cores (${cpu}), ${connections} keep-alive connections, ` +
    `median of ${rounds} interleaved rounds of ${seconds} s (lowest-highest); ` +
    `machine load ${short(loadBefore)} before, ${short(loadAfter)} after (the bench itself is about 2).`
  );
}

function cpuTable({ sizes, rows }) {
  const head = ['CPU per request, ratio to bare', ...sizes.map((size) => `${size} sessions`)];
  return table(
    head,
    rows.map(({ name, bySize }) => [name, ...sizes.map((size) => ratioCell(bySize[size]))]),
  );
}

function ratioCell(cell) {
  if (cell === undefined) return '–';
  const { cpuRatio, cpuMs } = cell;
  if (cell.isBare) return `1 (${short(cpuMs.median)} ms)`;
  return `**${short(cpuRatio.median)}** (${short(cpuRatio.lowest)}-${short(cpuRatio.highest)})`;
}

/** What the mock saves against the obvious way to write one; nothing when that row was left out. */
function naiveTable({ sizes, rows }) {
  const naive = rows.find(({ name }) => name.startsWith('naive'));
  if (naive === undefined) return undefined;
  const times = (one, size) =>
    one.bySize[size] === undefined
      ? '–'
      : short(naive.bySize[size].cpuMs.median / one.bySize[size].cpuMs.median);
  return table(
    ['times less CPU than naive', ...sizes.map((size) => `${size} sessions`)],
    rows
      .filter((one) => one !== naive && !one.name.startsWith('bare'))
      .map((one) => [one.name, ...sizes.map((size) => times(one, size))]),
  );
}

function latencyTable({ sizes, rows }) {
  const head = ['requests/s · p50 / p99 ms', ...sizes.map((size) => `${size} sessions`)];
  const cell = (one) =>
    one === undefined
      ? '–'
      : `${short(one.perSecond.median)} · ${short(one.p50Ms.median)} / ${short(one.p99Ms.median)}`;
  return table(
    head,
    rows.map(({ name, bySize }) => [name, ...sizes.map((size) => cell(bySize[size]))]),
  );
}

function startTable(starts) {
  const hello = starts.find(({ name }) => name.startsWith('hello'));
  const ratio = (one, name) => short(one[name].median / hello[name].median);
  return table(
    [
      'start',
      'first answer, ms',
      'ratio to hello-world Express',
      'memory then, MB',
      'ratio',
      'after load, MB',
    ],
    starts.map(({ name, firstAnswerMs, startRssMb, loadedRssMb }) => [
      name,
      `${short(firstAnswerMs.median)} (${short(firstAnswerMs.lowest)}-${short(firstAnswerMs.highest)})`,
      ratio({ firstAnswerMs }, 'firstAnswerMs'),
      short(startRssMb.median),
      ratio({ startRssMb }, 'startRssMb'),
      loadedRssMb === undefined ? '–' : short(loadedRssMb),
    ]),
  );
}

function measureTable(measures) {
  return table(
    ['measure', 'median (lowest-highest)'],
    measures.map(({ name, unit, value }) => [
      name,
      `${short(value.median)} ${unit} (${short(value.lowest)}-${short(value.highest)})`,
    ]),
  );
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
