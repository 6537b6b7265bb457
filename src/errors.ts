/**
 * Every error our own user can meet, by stable code. `{name}` parts are filled from the error's details.
 * The README's table of codes lists exactly these (kept by a test).
 */
export const KIT_ERRORS = {
  ERR_OPTION_UNKNOWN: 'unknown option {option}{suggestion}',
  ERR_OPTION_INVALID: '{option} must be {expected} (got {value})',
  ERR_DOCUMENT_INVALID: '{file}{position}: {reason}',
  ERR_SCENARIO_INVALID: 'scenario {name}: {reason}',
  ERR_PROFILE_INVALID: 'profile {file}: {reason}',
  ERR_PACKAGE_MISSING: '{feature} needs the optional package {packages}: run npm install {packages}',
  ERR_OUTPUT: 'cannot write {target}: {reason}',
  ERR_OUTPUT_TAKEN: '{target} holds another output: {reason}',
  ERR_OUTPUT_DIFFERS: '{target} is not as its manifest says: {reason}',
  ERR_UNREACHABLE: 'cannot reach {target}: {reason}',
  ERR_TARGET_REFUSED: '{target} refused the load: {reason}',
  ERR_INTERRUPTED: 'interrupted: {reason}',
  ERR_FIXTURE_INVALID: '{file}:{line}: {pointer}: {reason}',
  ERR_LISTEN: 'cannot listen on {host}:{port}: {reason}',
} as const;

/** One of the stable codes of {@link KIT_ERRORS}. */
export type KitErrorCode = keyof typeof KIT_ERRORS;

/**
 * An error for the person who runs or embeds the kit; it never goes on the wire (that is `ConnectError`).
 * `code` is stable, `message` is one line: what happened, the value, what was expected, what to do.
 */
export class KitError extends Error {
  /** Stable code, one of the keys of {@link KIT_ERRORS}. */
  readonly code: KitErrorCode;

  constructor(
    code: KitErrorCode,
    details: Readonly<Record<string, string | number>>,
    options?: ErrorOptions,
  ) {
    super(formatTemplate(KIT_ERRORS[code], details), options);
    this.name = 'KitError';
    this.code = code;
  }
}

function formatTemplate(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}
