import { expect, test } from 'vitest';
import { internalsIn } from './internals.ts';

test.each([
  ['TypeError: x is not a function\n    at list (/srv/api/dist/list.js:10:5)', 'a stack'],
  ['    at async file:///code/main.mjs:3:1', 'a stack'],
  ['at node:internal/process/task_queues:95:5', 'a stack'],
  ['System.ArgumentException: bad', 'a stack'],
  ['at Formal.Sessions.List(String q) in C:\\src\\Sessions.cs:line 42', 'a stack'],
  ['at io.grpc.Foo.bar(Foo.java:12)', 'a stack'],
  ['at jdk.internal.reflect.DirectMethodHandleAccessor.invoke(Unknown Source)', 'a stack'],
  ['java.lang.NullPointerException', 'a stack'],
  ['panic: runtime error: index out of range [3] with length 2', 'a stack'],
  ['goroutine 7 [running]:\nmain.list(0xc000012345)', 'a stack'],
  ['Traceback (most recent call last):\n  File "/code/list.py", line 12, in list', 'a stack'],
  ["thread 'main' panicked at src/list.rs:4:5", 'a stack'],
  ['Fatal error: Uncaught TypeError in list.php on line 12', 'a stack'],
  ["/opt/api/app.rb:42:in `list'", 'a source file'],
  ['list.go:42: no rows', 'a source file'],
  ['cannot find module in node_modules', 'a source file'],
  ['open /etc/formal/config.yaml: permission denied', 'a path'],
  ['cannot read C:\\formal\\config.yaml', 'a path'],
  ['pq: syntax error in: select * from sessions where x', 'a statement'],
  ['near "(": SELECT id FROM sessions WHERE', 'a statement'],
  ['select id, start_time from sessions', 'a statement'],
  ['insert into sessions (id) values (1)', 'a statement'],
  ['ERROR: relation "sessions" does not exist (SQLSTATE 42P01)', 'a statement'],
])('%s shows %s', (text, what) => {
  expect(internalsIn(text)).toBe(what);
});

test.each([
  'limit must be greater than 0 and less than or equal to 100000',
  'proto: (line 1:11): invalid value for int32 field limit: 1.5',
  'unknown field at 2026-01-15 12:00:00',
  'deadline exceeded at 12:00:00.123',
  'please select a time from the list',
  'select one or more values from the enumeration where possible',
  'the update sets a new limit',
  'no such path: /core.v1.SessionsService/ListSessionsV2NoSuchThing',
  '404 page not found',
  'Content-Type must be application/json (got text/plain)',
  'cannot parse query at position 8: expected ) but found end of query',
  'unknown compression "zz-unknown": supported encodings are gzip',
  'unexpected error, an exception was raised',
  'connect to db.example.com:5432 was refused',
  'buf.validate.Violations',
  'and/or, see https://example.com/app/docs',
])('%s is an ordinary sentence', (text) => {
  expect(internalsIn(text)).toBeUndefined();
});
