// One page of ListSessionsV2, from the floor to the mock. Another file beside this one adds rows by exporting `rows`:
//   name      what the table says
//   server    arguments after `node`; a function of { pageFile } where the answer is made before
//   bodies    request bodies: a function of { sessions, world } (see below)
//   headers   request headers on top of the key and application/json
//   isBinary  true where bodies and answers are protobuf; bodies are then texts of bytes (latin1)
//   sizes     page sizes the row is measured at; default: all
// and, for what is not a request to a server, `measures`: { name, unit, run: async () => number }.
// `world` is { newestMs, oldestMs }: the start times that the mock's world spans.

export const OURS = ['dist/cli/main.js', 'serve', '--port', '0', '--json'];
const PAGES = 2000;

const samePage = ({ sessions }) => [JSON.stringify({ limit: sessions })];

/** Windows that end at 2 000 different instants spread over the world: no two pages are alike. */
export const differentPages = ({ sessions, world }) => {
  const step = Math.floor(((world.newestMs - world.oldestMs) * 0.8) / PAGES);
  // A stride without a common factor visits the windows out of order.
  return Array.from({ length: PAGES }, (_, index) => {
    const endMs = world.newestMs - ((index * 787) % PAGES) * step;
    return JSON.stringify({ limit: sessions, endTimestamp: new Date(endMs).toISOString() });
  });
};

export const rows = [
  {
    name: 'bare node:http, prebuilt',
    server: ({ pageFile }) => ['test/bench/servers/bare.mjs', pageFile],
    bodies: samePage,
  },
  { name: 'naive: Express + faker', server: ['test/bench/servers/naive.mjs'], bodies: samePage },
  { name: 'formal-mock, different pages', server: OURS, bodies: differentPages },
  { name: 'formal-mock, the same page again', server: OURS, bodies: samePage },
];

/** Servers whose start and memory are measured too. */
export const starts = [
  { name: 'hello-world Express', server: ['test/bench/servers/hello.mjs'] },
  { name: 'naive: Express + faker', server: ['test/bench/servers/naive.mjs'] },
  { name: 'formal-mock', server: OURS },
];
