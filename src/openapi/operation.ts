import type { Procedure } from '../connect/procedure.ts';
import type { Method } from './document-objects.ts';
import type { JsonValue } from './schema-object.ts';

/** One operation of a document, everything resolved that a server or a judge needs. */
export interface Operation {
  /** Where it stands: `#/paths/~1v1~1users/get`. */
  readonly pointer: string;
  /** HTTP method in capitals: `GET`. */
  readonly method: Uppercase<Method>;
  /** Path below the host, the first server's base path included: `/v1/users/{userId}`. */
  readonly path: string;
  /** The same below the base paths of the other servers; absent where they have no other. */
  readonly otherPaths?: readonly string[];
  /** As the document says it, or `METHOD /path` where it says none. */
  readonly id: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  /** Those of the path and of the operation, path ones overridden. */
  readonly parameters: readonly OperationParameter[];
  readonly requestBody?: OperationBody;
  /** In the document's order. */
  readonly responses: readonly OperationResponse[];
  /** Alternatives: one of them must hold. Empty where no key is asked for. */
  readonly security: readonly SecurityAlternative[];
  /** Set where the path is `/package.Service/Method` of the document's proto package. */
  readonly procedure?: Procedure;
}

/** One parameter of an operation. */
export interface OperationParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly isRequired: boolean;
  /** Pointer of its schema, for `compileValidator` and `generateValue`; absent where it says nothing. */
  readonly schemaRef?: string;
  /** `form`, `simple`, `spaceDelimited`, `pipeDelimited`, `deepObject`, `label`, `matrix`, or `json` for `content`. */
  readonly style: string;
  readonly isExploded: boolean;
}

/** A request's body. */
export interface OperationBody {
  readonly isRequired: boolean;
  readonly content: readonly OperationContent[];
}

/** What a body is in one media type. */
export interface OperationContent {
  /** As the document writes it, in lower case, parameters kept: `application/json`. */
  readonly mediaType: string;
  /** Pointer of its schema; absent where any body is fine. */
  readonly schemaRef?: string;
  /** How members of a form are written, by name, where the document says so. */
  readonly encoding?: Readonly<Record<string, MemberEncoding>>;
  /** Named examples, `example` as `default`. */
  readonly examples: readonly NamedExample[];
}

/** How a member of a form is written. */
export interface MemberEncoding extends Pick<OperationParameter, 'style' | 'isExploded'> {}

/** A ready value from the document. */
export interface NamedExample {
  readonly name: string;
  readonly value: JsonValue;
}

/** One answer an operation can give. */
export interface OperationResponse {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly ResponseHeader[];
  readonly content: readonly OperationContent[];
}

/** A header of an answer. */
export interface ResponseHeader {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schemaRef?: string;
  readonly examples: readonly NamedExample[];
}

/** Schemes that must all hold; empty where the operation may also be called without a key. */
export type SecurityAlternative = readonly SecurityScheme[];

/** How a key is presented. OAuth 2 and OpenID Connect present it as a bearer token. */
export type SecurityScheme =
  | {
      readonly kind: 'apiKey';
      readonly id: string;
      readonly in: 'header' | 'query' | 'cookie';
      /** Name of the header, query parameter or cookie. */
      readonly name: string;
    }
  | { readonly kind: 'bearer' | 'basic'; readonly id: string }
  /** Mutual TLS and other HTTP schemes: known to the document, not enforced by the kit. */
  | { readonly kind: 'other'; readonly id: string; readonly type: string };
