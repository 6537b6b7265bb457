import type { DocsKeys } from './docs-keys.ts';

/** What the API reference page shows. */
export interface DocsPageFacts {
  /** Titles of all documents, in order. */
  readonly titles: readonly string[];
  /** Which of them this page is about. */
  readonly index: number;
  /** Where the page finds the document. */
  readonly documentPath: string;
  /** The keys to fill in; none where nobody may see them. */
  readonly keys: DocsKeys;
}

/** The HTML of the page: RapiDoc's element, and links to the other documents. It names no other host. */
export function docsPage({ titles, index, documentPath, keys }: DocsPageFacts): string {
  const attributes: readonly (readonly [string, string])[] = [
    ['spec-url', documentPath],
    ['load-fonts', 'false'],
    ['show-header', 'false'],
    ['render-style', 'view'],
    ['schema-style', 'table'],
    ['allow-server-selection', 'false'],
    ['allow-spec-url-load', 'false'],
    ['allow-spec-file-load', 'false'],
    ['fetch-credentials', 'same-origin'],
    ...keyAttributes(keys),
  ];
  const element = attributes.map(([name, value]) => `${name}="${escapeHtml(value)}"`).join('\n      ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(titles[index] ?? '')} · formal-mock</title>
    ${keys.schemes.length === 0 ? '' : '<script type="module" src="/docs/keys.js"></script>\n    '}<script type="module" src="/docs/rapidoc.js"></script>
  </head>
  <body>
    ${links(titles, index)}<rapi-doc
      ${element}
    ></rapi-doc>
    <noscript>The reference needs JavaScript; the document itself is at <a href="/openapi.yaml">/openapi.yaml</a>.</noscript>
  </body>
</html>
`;
}

function keyAttributes({ named, schemes }: DocsKeys): readonly (readonly [string, string])[] {
  return [
    ...(named === undefined
      ? []
      : ([
          ['api-key-name', named.name],
          ['api-key-location', named.in],
          ['api-key-value', named.value],
        ] as const)),
    ...(schemes.length === 0 ? [] : ([['data-keys', JSON.stringify(schemes)]] as const)),
  ];
}

function links(titles: readonly string[], index: number): string {
  if (titles.length < 2) return '';
  const items = titles.map((title, number) => {
    const path = number === 0 ? '/docs' : `/docs/${number + 1}`;
    return number === index ? `<b>${escapeHtml(title)}</b>` : `<a href="${path}">${escapeHtml(title)}</a>`;
  });
  return `<nav>${items.join(' · ')}</nav>\n    `;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
