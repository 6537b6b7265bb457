/** Scalar types of proto3 that the kit's documents use. */
export type ScalarType = 'string' | 'int32' | 'int64' | 'uint32' | 'bool' | 'double' | 'bytes';

/** The two well-known types whose JSON form is a string. */
export type WellKnownType = 'google.protobuf.Timestamp' | 'google.protobuf.Duration';

/** True for the well-known types, false for scalars. */
export function isWellKnownType(type: ScalarType | WellKnownType): type is WellKnownType {
  return type === 'google.protobuf.Timestamp' || type === 'google.protobuf.Duration';
}

/** One field of a message, as proto3 and proto3 JSON see it. */
export interface FieldShape {
  /** Proto name, snake_case: `sort_by`. */
  readonly name: string;
  /** JSON name, lowerCamelCase: `sortBy`. */
  readonly jsonName: string;
  /** Proto field number, 1..536870911; absent for a field that exists in JSON only. */
  readonly number?: number;
  /** True for a list; its JSON form is an array, absent when empty. */
  readonly repeated: boolean;
  /** A scalar, a well-known type, or another message. */
  readonly type: ScalarType | WellKnownType | MessageShape;
  /**
   * Of an int64: where its document takes numbers, `also` beside the text that proto3 JSON writes, or `only`. Absent
   * where the text is its one form. proto3 JSON reads both.
   */
  readonly jsonNumbers?: 'also' | 'only';
}

/**
 * A message type as data: all that is needed to decode, encode and name it.
 * Built from the document (`x-proto-*`), never from a .proto file.
 */
export interface MessageShape {
  /** Full proto name: `core.v1.ListSessionsV2Request`; a nested type follows its parent, `core.v1.SessionObject.User`. */
  readonly typeName: string;
  /** Fields in declaration order. */
  readonly fields: readonly FieldShape[];
}
