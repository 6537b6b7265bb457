import type { SecurityScheme } from '../openapi/operation.ts';
import { MOCK_DEFAULTS, type ResolvedMockOptions } from './mock-options.ts';
import type { ServedDocument } from './served-documents.ts';

/** A key that is filled in by the name and place it is sent with. */
export interface NamedKey {
  readonly name: string;
  readonly in: 'header' | 'query';
  readonly value: string;
}

/** A key that is filled in for a security scheme of the document: a value, or a user with a password. */
export type SchemeKey =
  | { readonly id: string; readonly value: string }
  | { readonly id: string; readonly user: string; readonly password: string };

/** The keys a reference page fills in. */
export interface DocsKeys {
  /** The first that is no `Authorization` header. */
  readonly named?: NamedKey;
  readonly schemes: readonly SchemeKey[];
}

/** The keys to fill in for "try it": only the one that everybody knows, wherever the document wants it. */
export function docsKeysOf({ operations }: ServedDocument, { apiKey }: ResolvedMockOptions): DocsKeys {
  const [key] = MOCK_DEFAULTS.apiKey;
  if (key === undefined || apiKey.length !== 1 || apiKey[0] !== key) return { schemes: [] };
  const uses = operations.map(({ security }) => security.flat());
  const schemes = [...new Map(uses.flat().map((scheme) => [scheme.id, scheme])).values()];
  const first = schemes.find((scheme) => scheme.kind === 'apiKey' && scheme.in !== 'cookie');
  const filled: SecurityScheme[] = [];
  for (const scheme of schemes.filter((one) => schemeKey(one, key).length > 0)) {
    // The first key goes with every request, the others with those of the operations that name them.
    const isWithFirst = first !== undefined && placeOf(scheme) === placeOf(first);
    if (!isWithFirst && !filled.some((other) => areSentTogether(scheme, other, uses))) filled.push(scheme);
  }
  const keys = filled.flatMap((scheme) => schemeKey(scheme, key));
  if (first?.kind !== 'apiKey' || first.in === 'cookie') return { schemes: keys };
  return { named: { name: first.name, in: first.in, value: key }, schemes: keys };
}

/** True where one request would have two keys in one place, which the page joins to none. */
function areSentTogether(
  one: SecurityScheme,
  other: SecurityScheme,
  uses: readonly (readonly SecurityScheme[])[],
): boolean {
  const names = (use: readonly SecurityScheme[], { id }: SecurityScheme): boolean =>
    use.some((scheme) => scheme.id === id);
  return placeOf(one) === placeOf(other) && uses.some((use) => names(use, one) && names(use, other));
}

function placeOf(scheme: SecurityScheme): string {
  return scheme.kind === 'apiKey' ? `${scheme.in} ${scheme.name.toLowerCase()}` : 'header authorization';
}

/** Pages cannot send cookies of their choice, and other schemes take no key. */
function schemeKey(scheme: SecurityScheme, key: string): readonly SchemeKey[] {
  switch (scheme.kind) {
    case 'apiKey':
      return scheme.in === 'cookie' ? [] : [{ id: scheme.id, value: key }];
    case 'bearer':
      return [{ id: scheme.id, value: key }];
    case 'basic':
      return [{ id: scheme.id, user: 'formal-mock', password: key }];
    case 'other':
      return [];
    default:
      return scheme satisfies never;
  }
}

/**
 * The script that fills in {@link SchemeKey}s, which no attribute of RapiDoc's element can say: it finds them in
 * `data-keys` of the element. OAuth 2 and OpenID Connect are sent as bearer tokens.
 */
export const FILL_IN_SCRIPT = `const element = document.querySelector('rapi-doc');
element.addEventListener('spec-loaded', ({ detail }) => {
  for (const { id, value, user, password } of JSON.parse(element.dataset.keys)) {
    const scheme = detail.securitySchemes.find(({ securitySchemeId }) => securitySchemeId === id);
    if (scheme === undefined) continue;
    if (user !== undefined) element.setHttpUserNameAndPassword(id, user, password);
    else if (scheme.type === 'apiKey' || scheme.type === 'http') element.setApiKey(id, value);
    else {
      scheme.in = 'header';
      scheme.name = 'Authorization';
      element.setApiKey(id, 'Bearer ' + value);
    }
  }
});
`;
