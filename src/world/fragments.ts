import type { Dictionaries } from './dictionaries.ts';
import { memberOf, membersOf } from './json-members.ts';
import type { SessionObject } from './session-object.ts';

/** Members of a session as JSON text with a comma in front, or `""`; each is serialised once. */
export interface Fragments {
  network(client: number, server: number): string;
  sidecar(code: number): string;
  user(user: number, endUser: number): string;
  resource(code: number): string;
  connector(code: number): string;
}

/** Makes the fragments of a world's dictionaries, each on first use. */
export function createFragments(dictionaries: () => Dictionaries): Fragments {
  const member =
    (name: keyof Dictionaries & keyof SessionObject) =>
    (code: number): string =>
      memberOf(name, dictionaries()[name][code]?.[name]);
  const client = remembered((code) => membersOf(dictionaries().clientIp[code]?.network));
  const server = remembered((code) => membersOf(dictionaries().serverIp[code]?.network));
  const user = remembered(member('user'));
  // A formal user's text ends in `}}`, of `formal` and of `user`; `endUser` stands before them.
  const userHead = remembered((code) => user(code).slice(0, -2));
  const endUser = remembered((code) => membersOf(dictionaries().endUser[code]?.user?.formal));
  return {
    network: (clientCode, serverCode) => {
      const [from, to] = [client(clientCode), server(serverCode)];
      if (from === '' && to === '') return '';
      return `,"network":{${from}${from === '' || to === '' ? '' : ','}${to}}`;
    },
    user: (code, behind) => (behind === 0 ? user(code) : `${userHead(code)},${endUser(behind)}}}`),
    sidecar: remembered(member('sidecar')),
    resource: remembered(member('resource')),
    connector: remembered(member('connector')),
  };
}

function remembered(make: (code: number) => string): (code: number) => string {
  const texts: string[] = [];
  return (code) => {
    const known = texts[code];
    if (known !== undefined) return known;
    const made = make(code);
    texts[code] = made;
    return made;
  };
}
