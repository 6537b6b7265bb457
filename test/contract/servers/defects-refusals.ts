import type { Defect } from './defect.ts';
import { API_KEY, json, type Steps } from './honest-server.ts';

/** Adds members to every 401. */
function leaking(members: (honest: Steps) => object): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    refuse: (error, request) =>
      error.code === 'unauthenticated'
        ? json(401, { code: 'unauthenticated', message: 'invalid api key', ...members(honest) })
        : honest.refuse(error, request),
  });
}

/** A user of the honest server that every run sees. */
function someUser({ sessions }: Steps): unknown {
  return sessions.find(({ user }) => user !== undefined)?.user;
}

/** Says something in every 400. */
function saying(message: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    refuse: (error, request) =>
      error.code === 'invalid_argument'
        ? json(400, { code: 'invalid_argument', message })
        : honest.refuse(error, request),
  });
}

const LEAKS = ['auth/refusals-carry-no-data', 'auth/no-key', 'auth/wrong-key'];
const STACKS: Readonly<Record<string, string>> = {
  '.NET':
    'System.ArgumentException: bad\r\n   at Formal.Sessions.List(String q) in C:\\src\\Sessions.cs:line 42',
  Java: 'bad\n\tat io.grpc.Foo.bar(Foo.java:12)',
  Ruby: "/opt/api/app.rb:42:in `list'",
  Go: 'panic: runtime error: index out of range\n\ngoroutine 7 [running]:',
  Python: 'Traceback (most recent call last):\n  File "/code/list.py", line 12, in list',
};

/** Refusals that say too much, and keys that are checked on one way in only. */
export const REFUSAL_DEFECTS: readonly Defect[] = [
  {
    name: 'GET needs no key',
    fails: ['auth/no-key-get'],
    steps: (honest) => ({
      readKey: (request) => (request.method === 'GET' ? API_KEY : honest.readKey(request)),
    }),
  },
  {
    name: 'binary needs no key',
    fails: ['auth/no-key-binary'],
    steps: (honest) => ({
      readKey: (request) =>
        request.headers['content-type'] === 'application/proto' ? API_KEY : honest.readKey(request),
    }),
  },
  {
    name: 'a session as data of a 401',
    fails: LEAKS,
    steps: leaking(({ sessions }) => ({ data: sessions.slice(0, 1) })),
  },
  {
    name: 'a user in the message of a 401',
    fails: LEAKS.slice(0, 1),
    steps: leaking((honest) => ({ message: `no such key; try ${JSON.stringify(someUser(honest))}` })),
  },
  {
    name: 'an e-mail address in the details of a 401, in base64',
    fails: LEAKS.slice(0, 1),
    steps: leaking((honest) => ({
      details: [
        {
          type: 'acme.v1.Hint',
          value: Buffer.from(JSON.stringify(someUser(honest)))
            .toString('base64')
            .replace(/=+$/, ''),
        },
      ],
    })),
  },
  {
    name: 'a session id in a header of a 401',
    fails: LEAKS.slice(0, 1),
    steps: (honest) => ({
      wrap: (response) =>
        response.status === 401
          ? { ...response, headers: { ...response.headers, 'x-last': honest.sessions[0]?.id ?? '' } }
          : response,
    }),
  },
  ...Object.entries(STACKS).map(
    ([language, stack]): Defect => ({
      name: `a ${language} stack in the message`,
      fails: ['errors/no-internals'],
      steps: saying(stack),
    }),
  ),
  {
    name: 'SQL in small letters in the message',
    fails: ['errors/no-internals'],
    steps: saying('pq: syntax error in: select * from sessions where x'),
  },
  {
    name: 'a file of the server in the message',
    fails: ['errors/no-internals'],
    steps: saying('open /etc/formal/config.yaml: permission denied'),
  },
  {
    name: 'a stack in a header',
    fails: ['errors/no-internals'],
    steps: () => ({
      wrap: (response) =>
        response.status === 400
          ? { ...response, headers: { ...response.headers, 'x-debug': 'at Foo (/code/list.js:1:2)' } }
          : response,
    }),
  },
];
