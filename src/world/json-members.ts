import type { SessionObject } from './session-object.ts';

/** A member of a session as JSON text with a comma in front, or `""` where it is absent. */
export function memberOf(name: string, value: object | undefined): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** The members of an object as JSON text without the braces. */
export function membersOf(value: object | undefined): string {
  return value === undefined ? '' : JSON.stringify(value).slice(1, -1);
}

/** A user's JSON, cut where `endUser` goes: after the last member of `formal`. */
export interface UserText {
  readonly open: string;
  readonly comma: string;
  readonly close: string;
}

/** The JSON of a dictionary entry's user. */
export function userText({ user }: SessionObject): UserText {
  const text = memberOf('user', user);
  if (user?.formal === undefined) return { open: text, comma: '', close: '' };
  return {
    open: text.slice(0, -2),
    comma: Object.keys(user.formal).length === 0 ? '' : ',',
    close: '}}',
  };
}
