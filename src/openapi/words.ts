/** The words of a name in lower case, joined by underscores: `clientIPAddress` is `client_ip_address`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** The last word of a name in the singular: `activeUsers` is `user`, `SessionObject.Resource` is `resource`. */
export function nounOf(name: string): string {
  const word = wordsOf(name)
    .replace(/_(object|response|request|dto|model|entity|item|info|details?|summary|list|v\d+)$/, '')
    .split('_')
    .at(-1);
  return singular(word ?? '');
}

function singular(word: string): string {
  if (word === 'people') return 'person';
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
