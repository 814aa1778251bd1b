/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A place in an OpenAPI document that a person can open: file, JSON pointer, 1-based line. */
export interface SpecPlace {
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
}

/** An OpenAPI document that has been read, checked and bundled (no external `$ref` is left in `root`). */
export interface OasDocument {
  /** The path or URL as the user gave it. */
  readonly source: string;
  readonly title: string;
  readonly version: string;
  readonly openapi: string;
  readonly sha256: string;
  /** The bundled document. Internal `$ref`s stay, so that circular schemas stay finite. */
  readonly root: JsonObject;
  /** The lines of the source, for excerpts. */
  readonly lines: readonly string[];
  /** The server URLs of the document, in its order. */
  readonly servers: readonly string[];
}

/** A parameter of the operation, its own or that of its path. */
export interface Parameter {
  readonly name: string;
  /** What OpenAPI 3.2 calls `querystring` is in the query, see `whole`. */
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  /** A value that the document itself offers: example, first named example, or schema default. */
  readonly example?: Json;
  /** The JSON pointer of the parameter's schema, where it has one. */
  readonly schema?: string;
  /** As the document declares it; what is left out is by default as OpenAPI says of the place. */
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** The media type that the value is written in, where the parameter is declared by `content`. */
  readonly mediaType?: string;
  /** It is the whole query (OpenAPI 3.2, `in: querystring`): a form where there is no `mediaType`. */
  readonly whole?: true;
  readonly at: SpecPlace;
}

/** One security scheme that an operation asks for. */
export interface Credential {
  readonly scheme: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** For `apiKey`: where the key goes and under which name. For all others: the header `Authorization`. */
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
  /** The authentication scheme in front of the value, such as `Bearer`; `Basic` encodes it. */
  readonly prefix?: string;
}

/** A named example of a media type, from the document or made from its schema. */
export interface NamedExample {
  readonly name: string;
  readonly value: Json;
  /** `sampled`: the document has no example, so a body was made from its schema. */
  readonly origin: 'document' | 'sampled';
  readonly at: SpecPlace;
}

/** A media type under `content`, with its schema and examples. */
export interface MediaType {
  /** As the document writes it, such as `application/json`. */
  readonly type: string;
  /** The JSON pointer of the schema in `OasDocument.root`, where the document has one; of `itemSchema` where it has that. */
  readonly schema?: string;
  /** `schema` is that of each item of a sequence (OpenAPI 3.2, `itemSchema`). */
  readonly ofItems?: true;
  /** Keywords of the media type that are not applied: `itemSchema` of what is no sequence, `prefixEncoding` and the like. */
  readonly notApplied?: readonly string[];
  readonly examples: readonly NamedExample[];
  /** The JSON pointer of the Encoding Objects of a form or a multipart body, where the document has them. */
  readonly encoding?: string;
  readonly at: SpecPlace;
}

/** A response header that the document declares. */
export interface DeclaredHeader {
  readonly name: string;
  readonly required: boolean;
  /** The JSON pointer of the schema of its value, where the document has one. */
  readonly schema?: string;
  /** The media type that the value is written in, where the header is declared by `content`. */
  readonly mediaType?: string;
  readonly at: SpecPlace;
}

/** A status key of `responses`: a number, a range such as `4XX`, or `default`. */
export interface DeclaredResponse {
  readonly key: string;
  readonly description: string;
  readonly media: readonly MediaType[];
  readonly headers: readonly DeclaredHeader[];
  readonly at: SpecPlace;
}

/** The body that an operation takes. */
export interface RequestBody {
  /** The media type that is sent where nothing says otherwise: JSON, or else the first. */
  readonly type: string;
  /** A body of that media type. */
  readonly example: Json;
  readonly required: boolean;
  /** Every declared media type. */
  readonly content: readonly MediaType[];
}

/** One operation of a document with everything the harness needs to know about it. */
export interface Operation {
  readonly id: string;
  /** Upper case, such as `DELETE`. */
  readonly method: string;
  /** The path template, such as `/backups/{backup_id}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /**
   * The security alternatives, each with all the credentials that it takes; an empty alternative allows anonymous
   * requests. Empty where no credential is asked for.
   */
  readonly security: readonly (readonly Credential[])[];
  /** The request body that the document offers, where the operation takes one. */
  readonly requestBody?: RequestBody;
  readonly responses: readonly DeclaredResponse[];
  /** The methods that the document declares on the same path, upper case. */
  readonly siblings: readonly string[];
  readonly document: OasDocument;
  readonly at: SpecPlace;
}
