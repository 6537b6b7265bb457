import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** The text of a field reached by field numbers through nested messages, the first of each; undefined where absent. */
export function fieldOf(message: Uint8Array, path: readonly number[]): string | undefined {
  const [wanted, ...rest] = path;
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number !== wanted || type !== WireType.LengthDelimited) reader.skip(type);
    else return rest.length === 0 ? reader.string() : fieldOf(reader.bytes(), rest);
  }
  return undefined;
}
