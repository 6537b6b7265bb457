/** The kinds of objects an OpenAPI document is made of, as far as they hold others. */
export type ObjectKind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'callback'
  | 'parameter'
  | 'header'
  | 'requestBody'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'securityScheme'
  | 'example'
  | 'link'
  | 'schema';

/** How a field holds objects: one, a list, or a map by name. */
export type Holding = 'one' | 'list' | 'map';

/** The fields of one kind: those that hold objects of the document, and all others that are allowed. */
export interface ObjectShape {
  readonly holds: Readonly<Record<string, readonly [Holding, ObjectKind]>>;
  readonly plain: readonly string[];
  /** True where every name that is not a plain field holds an object, e.g. the expressions of a callback. */
  readonly openMap?: ObjectKind;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** The HTTP methods a path item may have, in lower case as the document writes them. */
export type Method = (typeof METHODS)[number];

/** {@link Method} as values, in the order of the specification. */
export const HTTP_METHODS: readonly Method[] = METHODS;

const PARAMETER_PLAIN = [
  'name',
  'in',
  'description',
  'required',
  'deprecated',
  'allowEmptyValue',
  'style',
  'explode',
  'allowReserved',
  'example',
];

const PARAMETER_HOLDS: ObjectShape['holds'] = {
  schema: ['one', 'schema'],
  examples: ['map', 'example'],
  content: ['map', 'mediaType'],
};

/** The tree of an OpenAPI 3.0 or 3.1 document. `schema` is walked by its own table of keywords. */
export const OBJECT_SHAPES: Readonly<Record<Exclude<ObjectKind, 'schema'>, ObjectShape>> = {
  document: {
    holds: {
      paths: ['map', 'pathItem'],
      webhooks: ['map', 'pathItem'],
      components: ['one', 'components'],
    },
    plain: ['openapi', 'info', 'jsonSchemaDialect', 'servers', 'security', 'tags', 'externalDocs'],
  },
  components: {
    holds: {
      schemas: ['map', 'schema'],
      responses: ['map', 'response'],
      parameters: ['map', 'parameter'],
      examples: ['map', 'example'],
      requestBodies: ['map', 'requestBody'],
      headers: ['map', 'header'],
      securitySchemes: ['map', 'securityScheme'],
      links: ['map', 'link'],
      callbacks: ['map', 'callback'],
      pathItems: ['map', 'pathItem'],
    },
    plain: [],
  },
  pathItem: {
    holds: {
      ...Object.fromEntries(METHODS.map((method) => [method, ['one', 'operation'] as const])),
      parameters: ['list', 'parameter'],
    },
    plain: ['$ref', 'summary', 'description', 'servers'],
  },
  operation: {
    holds: {
      parameters: ['list', 'parameter'],
      requestBody: ['one', 'requestBody'],
      responses: ['map', 'response'],
      callbacks: ['map', 'callback'],
    },
    plain: [
      'tags',
      'summary',
      'description',
      'externalDocs',
      'operationId',
      'deprecated',
      'security',
      'servers',
    ],
  },
  callback: { holds: {}, plain: ['$ref'], openMap: 'pathItem' },
  parameter: { holds: PARAMETER_HOLDS, plain: PARAMETER_PLAIN },
  header: { holds: PARAMETER_HOLDS, plain: PARAMETER_PLAIN },
  requestBody: { holds: { content: ['map', 'mediaType'] }, plain: ['description', 'required'] },
  response: {
    holds: { headers: ['map', 'header'], content: ['map', 'mediaType'], links: ['map', 'link'] },
    plain: ['description'],
  },
  mediaType: {
    holds: { schema: ['one', 'schema'], examples: ['map', 'example'], encoding: ['map', 'encoding'] },
    plain: ['example'],
  },
  encoding: {
    holds: { headers: ['map', 'header'] },
    plain: ['contentType', 'style', 'explode', 'allowReserved'],
  },
  securityScheme: {
    holds: {},
    plain: ['type', 'description', 'name', 'in', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl'],
  },
  example: { holds: {}, plain: ['summary', 'description', 'value', 'externalValue'] },
  link: {
    holds: {},
    plain: ['operationRef', 'operationId', 'parameters', 'requestBody', 'description', 'server'],
  },
};
