/**
 * The Go type generated for a proto message, as connect-go prints it: `core.v1.ListSessionsV2Request` gives
 * `*corev1.ListSessionsV2Request`, a nested `core.v1.A.B` gives `*corev1.A_B`.
 * Source: measured (package alias and message); assumed for packages without a version.
 */
export function goTypeName(typeName: string): string {
  const parts = typeName.split('.');
  const firstType = parts.findIndex((part) => /^[A-Z]/.test(part));
  const packageEnd = firstType === -1 ? parts.length - 1 : firstType;
  const packageParts = parts.slice(0, packageEnd);
  const last = packageParts.at(-1) ?? '';
  const alias = /^v\d+((alpha|beta)\d+)?$/.test(last) ? packageParts.slice(-2).join('') : last;
  const name = parts.slice(packageEnd).join('_');
  return alias === '' ? `*${name}` : `*${alias}.${name}`;
}
