import { isJsonObject, type JsonObject } from './schema-object.ts';

/** How many base paths one list of servers may have; variables multiply them. */
const MAX_BASE_PATHS = 32;

/**
 * The paths of servers below their hosts, each once, in order: `['/v2', '']` for `https://api.example.com/v2/` and
 * `http://localhost`. Variables stand for their default, then for their other values, up to 32 paths in all.
 * Without servers there is one, the empty one. Source: documented (OpenAPI 3.1, Server Object).
 */
export function basePathsOf(servers: unknown): readonly [string, ...string[]] {
  const list: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const urls = list.filter(isJsonObject).flatMap((server) => urlsOf(server).slice(0, MAX_BASE_PATHS));
  const [first = '', ...others] = new Set(urls.map(pathOfUrl));
  return [first, ...others.slice(0, MAX_BASE_PATHS - 1)];
}

/** The addresses of one server, that of the defaults first. */
function urlsOf({ url, variables }: JsonObject): readonly string[] {
  if (typeof url !== 'string') return [];
  const names = [...new Set([...url.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name))];
  return names.reduce<readonly string[]>(
    (urls, name) => {
      const values = valuesOf(isJsonObject(variables) ? variables[name] : undefined);
      return urls
        .flatMap((one) => values.map((value) => one.replaceAll(`{${name}}`, () => value)))
        .slice(0, MAX_BASE_PATHS);
    },
    [url],
  );
}

function valuesOf(variable: unknown): readonly string[] {
  if (!isJsonObject(variable)) return [''];
  const { default: preset, enum: others } = variable;
  const values = [...(preset === undefined ? [] : [preset]), ...(Array.isArray(others) ? others : [])];
  return values.length === 0 ? [''] : [...new Set(values.map(String))];
}

/** Without host, query and the slash at the end; a relative address is one below the root. */
function pathOfUrl(url: string): string {
  const path = url
    .replace(/^[A-Za-z][\w+.-]*:/, '')
    .replace(/^\/\/[^/?#]*/, '')
    .replace(/[?#].*$/s, '');
  const trimmed = path.replace(/^\.?\//, '/').replace(/\/+$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}
