import { gzipSync } from 'node:zlib';
import { messageToBinary } from '../../connect/proto-message.ts';
import { twinMessage } from '../learn/window.ts';
import { keepMessageInPast } from '../past.ts';
import {
  call,
  chainProbe,
  getCall,
  jsonProbe,
  type Probe,
  type RequestMessage,
  singleProbe,
} from '../probe.ts';
import type { RunView } from '../run-view.ts';

const BODY = '{"limit":1}';
const AFTER_WINDOW = ['page/first', 'page/window'];
const OTHER_VERBS = ['DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

/** Requests about the wire: methods, media types, encodings, headers. */
export const PROTOCOL_PROBES: readonly Probe[] = [
  jsonProbe(
    ['protocol/client-headers', BODY],
    {},
    {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Connect-Protocol-Version': '1',
        'Connect-Timeout-Ms': '10000',
        'X-Formal-API-Version': '2026-01-29',
      },
    },
  ),
  jsonProbe(['protocol/wrong-media-type', BODY], {}, { headers: { 'Content-Type': 'text/plain' } }),
  jsonProbe(['protocol/no-media-type', BODY], { live: false }, { headers: { 'Content-Type': undefined } }),
  jsonProbe(['protocol/put', BODY], {}, { method: 'PUT' }),
  chainProbe(
    ['protocol/other-verbs', `DELETE, PATCH, OPTIONS and HEAD ${BODY}`],
    { bound: OTHER_VERBS.length, live: false },
    ({ settings }, done) => call(settings, BODY, { method: OTHER_VERBS[done.length] ?? 'DELETE' }),
  ),
  singleProbe(['protocol/unknown-rpc', `POST ${BODY} to an RPC that does not exist`], {}, ({ settings }) =>
    call(settings, BODY, { path: `${settings.document.procedure.path}NoSuchThing` }),
  ),
  singleProbe(
    ['protocol/unknown-service', `POST ${BODY} to a service that does not exist`],
    { live: false },
    ({ settings }) =>
      call(settings, BODY, {
        path: settings.document.procedure.path.replace(/[^./]+(?=\/[^/]+$)/, 'NoSuchService'),
      }),
  ),
  singleProbe(['protocol/get', 'GET ?message={"limit":50,<window>}'], { needs: AFTER_WINDOW }, (view) =>
    view.settings.document.procedure.allowsGet ? getCall(view.settings, twinMessage(view)) : undefined,
  ),
  singleProbe(
    ['protocol/gzip-request', 'POST gzip({"limit":50,<window>}) [Content-Encoding: gzip]'],
    { needs: AFTER_WINDOW },
    (view) =>
      call(view.settings, gzipSync(JSON.stringify(keepMessageInPast(view.settings, twinMessage(view)))), {
        headers: { 'Content-Encoding': 'gzip' },
      }),
  ),
  singleProbe(
    ['protocol/gzip-response', 'POST {"limit":50,<window>} [Accept-Encoding: gzip]'],
    { needs: AFTER_WINDOW },
    (view) => call(view.settings, twinMessage(view), { headers: { 'Accept-Encoding': 'gzip' } }),
  ),
  jsonProbe(['protocol/unknown-encoding', BODY], {}, { headers: { 'Content-Encoding': 'zz-unknown' } }),
  jsonProbe(['protocol/corrupt-gzip', BODY], { live: false }, { headers: { 'Content-Encoding': 'gzip' } }),
  jsonProbe(['protocol/version-2', BODY], {}, { headers: { 'Connect-Protocol-Version': '2' } }),
  jsonProbe(['protocol/timeout-bad', BODY], {}, { headers: { 'Connect-Timeout-Ms': 'soon' } }),
  singleProbe(['protocol/binary', 'POST proto{limit:50,<window>}'], { needs: AFTER_WINDOW }, (view) =>
    binaryCall(view, twinMessage(view)),
  ),
];

/** A call in the binary form of the message. */
export function binaryCall(view: RunView, message: RequestMessage): ReturnType<typeof call> {
  const { settings } = view;
  const kept = keepMessageInPast(settings, message);
  return call(settings, messageToBinary(settings.document.procedure.input, kept), {
    headers: { 'Content-Type': 'application/proto' },
  });
}
