/** True for JSON and everything that is written as JSON: `application/problem+json`, `application/json; charset=utf-8`. */
export function isJsonType(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);
}
