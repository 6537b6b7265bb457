import type { MessageJson, UnaryAnswer, UnaryCall, UnaryImplementation } from '../connect/procedure.ts';
import type { Operation } from '../openapi/operation.ts';
import type { ListRequest } from '../sessions/list-request.ts';
import { listSessionsInSteps } from '../sessions/list-sessions.ts';
import type { Page } from '../sessions/page.ts';
import { driveSteps } from './drive-steps.ts';
import type { ProcedureContext } from './mock-parts.ts';
import { notesHeader } from './notes-header.ts';
import { pageToBody } from './page-body.ts';
import { createRequestCheck } from './request-check.ts';
import { assertAuthorized, securityRuleOf } from './security.ts';
import { createSessionAdditions } from './session-additions.ts';

/** ListSessionsV2 over the world: key, limit, validation, listing, encoding, in this order. */
export function createListSessions(operation: Operation, context: ProcedureContext): UnaryImplementation {
  const { options, traits, world, clock, logger } = context;
  const rule = securityRuleOf(operation, options, traits);
  const extended = createSessionAdditions(operation, context.document, context);
  const check = createRequestCheck(operation, context.document);
  const absentLimit =
    traits.absentLimit === 'refused'
      ? 0
      : Math.min(traits.absentLimit, check.maximumOf('limit') ?? traits.absentLimit);
  const fillLimit = (message: MessageJson): MessageJson => {
    if (message['limit'] !== undefined) return message;
    if (absentLimit > 0)
      logger.warn({ limit: absentLimit }, 'no limit in the request: a page of the default size');
    return { ...message, limit: absentLimit };
  };
  const answer = (page: Page, { form, procedure }: UnaryCall): UnaryAnswer => {
    for (const { code, message } of page.warnings) logger.warn({ code }, message);
    const body = pageToBody(page, { world, form, output: procedure.output, extended });
    return options.notes ? { body, headers: notesHeader(page.warnings) } : { body };
  };
  return (call) => {
    assertAuthorized(call, rule);
    const message = fillLimit(call.message);
    check.assertValid(message);
    // The document has just said that the message is a ListSessionsV2Request with a limit.
    const request = message as unknown as ListRequest;
    const steps = listSessionsInSteps(request, world, { now: clock(), settings: traits.sessions });
    const page = driveSteps(steps, () => call.signal);
    return page instanceof Promise ? page.then((found) => answer(found, call)) : answer(page, call);
  };
}
