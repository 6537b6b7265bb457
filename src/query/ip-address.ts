/**
 * An address as 32 hexadecimal digits, so that text order is numeric order and a v4 address equals its v6-mapped
 * form; undefined when the text is no address (a network in CIDR notation is none). Source: documented (Quickwit).
 */
export function addressKey(text: string): string | undefined {
  if (text.length > 45) return undefined;
  if (!text.includes(':')) {
    const tail = fourBytes(text);
    return tail === undefined ? undefined : `00000000000000000000ffff${tail}`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const front = hexGroups(head, tail === undefined);
  if (tail === undefined) return front?.length === 32 ? front : undefined;
  const back = hexGroups(tail, true);
  if (front === undefined || back === undefined || front.length + back.length > 28) return undefined;
  return front + '0'.repeat(32 - front.length - back.length) + back;
}

function hexGroups(text: string, isEnd: boolean): string | undefined {
  if (text === '') return '';
  const groups = text.split(':');
  let hex = '';
  for (const [index, group] of groups.entries()) {
    const last = isEnd && index === groups.length - 1;
    const digits = last && group.includes('.') ? fourBytes(group) : hexGroup(group);
    if (digits === undefined) return undefined;
    hex += digits;
  }
  return hex;
}

function hexGroup(group: string): string | undefined {
  return /^[0-9a-f]{1,4}$/i.test(group) ? group.toLowerCase().padStart(4, '0') : undefined;
}

function fourBytes(text: string): string | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4) return undefined;
  let hex = '';
  for (const byte of bytes) {
    if (!/^(0|[1-9]\d{0,2})$/.test(byte) || Number(byte) > 255) return undefined;
    hex += Number(byte).toString(16).padStart(2, '0');
  }
  return hex;
}
