import { gzipSync } from 'node:zlib';
import { messageToBinary } from '../../connect/proto-message.ts';
import { windowMessage } from '../learn/window.ts';
import { keepMessageInPast } from '../past.ts';
import { call, getCall, jsonProbe, type Probe, type RequestMessage, singleProbe } from '../probe.ts';
import type { RunView } from '../run-view.ts';

const BODY = '{"limit":1}';
const AFTER_WINDOW = ['page/window'];

/** A small page of the window, asked for in several protocols. */
export function twinMessage(view: RunView): RequestMessage {
  return { limit: Math.min(3, view.settings.pageLimit), ...windowMessage(view) };
}

/** Requests about the wire: methods, media types, encodings, headers. */
export const PROTOCOL_PROBES: readonly Probe[] = [
  jsonProbe(
    ['protocol/charset', BODY],
    { live: false },
    { headers: { 'Content-Type': 'application/json; charset=utf-8' } },
  ),
  jsonProbe(['protocol/wrong-media-type', BODY], {}, { headers: { 'Content-Type': 'text/plain' } }),
  jsonProbe(['protocol/no-media-type', BODY], { live: false }, { headers: { 'Content-Type': undefined } }),
  jsonProbe(['protocol/put', BODY], {}, { method: 'PUT' }),
  jsonProbe(['protocol/delete', BODY], { live: false }, { method: 'DELETE' }),
  singleProbe(['protocol/unknown-rpc', `POST ${BODY} to an RPC that does not exist`], {}, ({ settings }) =>
    call(settings, BODY, { path: `${settings.document.procedure.path}NoSuchThing` }),
  ),
  singleProbe(['protocol/post-twin', 'POST {"limit":3,<window>}'], { needs: AFTER_WINDOW }, (view) =>
    call(view.settings, twinMessage(view)),
  ),
  singleProbe(['protocol/get', 'GET ?message={"limit":3,<window>}'], { needs: AFTER_WINDOW }, (view) =>
    view.settings.document.procedure.allowsGet ? getCall(view.settings, twinMessage(view)) : undefined,
  ),
  singleProbe(
    ['protocol/gzip-request', 'POST gzip({"limit":3,<window>}) [Content-Encoding: gzip]'],
    { needs: AFTER_WINDOW },
    (view) =>
      call(view.settings, gzipSync(JSON.stringify(keepMessageInPast(view.settings, twinMessage(view)))), {
        headers: { 'Content-Encoding': 'gzip' },
      }),
  ),
  singleProbe(
    ['protocol/gzip-response', 'POST {"limit":3,<window>} [Accept-Encoding: gzip]'],
    { needs: AFTER_WINDOW },
    (view) => call(view.settings, twinMessage(view), { headers: { 'Accept-Encoding': 'gzip' } }),
  ),
  jsonProbe(['protocol/unknown-encoding', BODY], {}, { headers: { 'Content-Encoding': 'zz-unknown' } }),
  jsonProbe(['protocol/corrupt-gzip', BODY], { live: false }, { headers: { 'Content-Encoding': 'gzip' } }),
  jsonProbe(['protocol/version-1', BODY], { live: false }, { headers: { 'Connect-Protocol-Version': '1' } }),
  jsonProbe(['protocol/version-2', BODY], {}, { headers: { 'Connect-Protocol-Version': '2' } }),
  jsonProbe(['protocol/timeout-good', BODY], { live: false }, { headers: { 'Connect-Timeout-Ms': '10000' } }),
  jsonProbe(['protocol/timeout-bad', BODY], {}, { headers: { 'Connect-Timeout-Ms': 'soon' } }),
  jsonProbe(['protocol/api-version', BODY], {}, { headers: { 'X-Formal-API-Version': '2026-01-29' } }),
  singleProbe(['protocol/binary', 'POST proto{limit:3,<window>}'], { needs: AFTER_WINDOW }, (view) =>
    binaryCall(view, twinMessage(view)),
  ),
  singleProbe(['protocol/binary-error', 'POST proto{limit:-1}'], {}, (view) =>
    binaryCall(view, { limit: -1 }),
  ),
];

function binaryCall(view: RunView, message: RequestMessage): ReturnType<typeof call> {
  const { settings } = view;
  const kept = keepMessageInPast(settings, message);
  return call(settings, messageToBinary(settings.document.procedure.input, kept), {
    headers: { 'Content-Type': 'application/proto' },
  });
}
