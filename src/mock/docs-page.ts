/** What the API reference page shows. */
export interface DocsPageFacts {
  /** Titles of all documents, in order. */
  readonly titles: readonly string[];
  /** Which of them this page is about. */
  readonly index: number;
  /** Where the page finds the document. */
  readonly documentPath: string;
  /** The key to fill in; absent where nobody may see it. */
  readonly apiKey?:
    | { readonly name: string; readonly in: 'header' | 'query'; readonly value: string }
    | undefined;
}

/** The HTML of the page: RapiDoc's element, and links to the other documents. It names no other host. */
export function docsPage({ titles, index, documentPath, apiKey }: DocsPageFacts): string {
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
    ...(apiKey === undefined
      ? []
      : ([
          ['api-key-name', apiKey.name],
          ['api-key-location', apiKey.in],
          ['api-key-value', apiKey.value],
        ] as const)),
  ];
  const element = attributes.map(([name, value]) => `${name}="${escapeHtml(value)}"`).join('\n      ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(titles[index] ?? '')} · formal-mock</title>
    <script type="module" src="/docs/rapidoc.js"></script>
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
