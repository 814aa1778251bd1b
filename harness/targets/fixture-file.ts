import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HarnessError, messageOf } from '../errors.ts';
import type { JsonObject } from '../model.ts';
import { dataIssues } from '../spec/data.ts';

/** One recorded exchange: where it comes from, what it was promised to be, and the nock definition that replays it. */
export interface Fixture {
  readonly case: string;
  readonly recorded: { readonly from: string; readonly at: string; readonly suite: string };
  /** What the case promised when it was recorded; a later promise that differs makes the fixture stale. */
  readonly promise: { readonly response: string; readonly media?: string; readonly example?: string };
  /** The states that were arranged and the values they gave, in the order of the case's needs. */
  readonly states: readonly { readonly state: string; readonly values: Readonly<Record<string, string>> }[];
  /** Which credentials were shown, such as `api-key: <api-key>`; never a value. */
  readonly credentials: readonly string[];
  readonly nock: readonly [NockDefinition];
}

/** What nock's own recorder writes, and `nock.define` reads. */
export interface NockDefinition {
  readonly scope: string;
  readonly method: string;
  readonly path: string;
  readonly reqheaders: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** An object where its JSON text is the body, byte for byte; else text, or hex with `responseIsBinary`. */
  readonly response?: string | JsonObject;
  readonly responseIsBinary?: true;
  /** Name, value, name, value. */
  readonly rawHeaders: readonly string[];
}

const text: JsonObject = { type: 'string' };
const texts: JsonObject = { type: 'object', additionalProperties: text };
const definition: JsonObject = {
  type: 'object',
  required: ['scope', 'method', 'path', 'reqheaders', 'status', 'rawHeaders'],
  additionalProperties: false,
  properties: {
    scope: text,
    method: text,
    path: text,
    reqheaders: texts,
    body: text,
    status: { type: 'integer', minimum: 200, maximum: 599 },
    response: { type: ['string', 'object'] },
    responseIsBinary: { const: true },
    rawHeaders: { type: 'array', items: text },
  },
};
const schema: JsonObject = {
  type: 'object',
  required: ['case', 'recorded', 'promise', 'states', 'credentials', 'nock'],
  additionalProperties: false,
  properties: {
    case: text,
    recorded: {
      type: 'object',
      required: ['from', 'at', 'suite'],
      additionalProperties: false,
      properties: { from: text, at: text, suite: text },
    },
    promise: {
      type: 'object',
      required: ['response'],
      additionalProperties: false,
      properties: { response: text, media: text, example: text },
    },
    states: {
      type: 'array',
      items: {
        type: 'object',
        required: ['state', 'values'],
        additionalProperties: false,
        properties: { state: text, values: texts },
      },
    },
    credentials: { type: 'array', items: text },
    nock: { type: 'array', minItems: 1, maxItems: 1, items: definition },
  },
};

/** `delete_backup/404/application-json/backup-not-found` → `404.application-json.backup-not-found.json`. */
export function fixturePath(folder: string, caseId: string): string {
  const [first = '', ...rest] = caseId.split('/').map(encodeURIComponent);
  return join(folder, `${(rest.length === 0 ? [first] : rest).join('.')}.json`);
}

/** The fixture of a case, or nothing where none has been recorded. */
export function readFixture(folder: string, caseId: string): Fixture | undefined {
  const file = fixturePath(folder, caseId);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(file, messageOf(cause), cause);
  }
  if (isFixture(value)) return value;
  throw unreadable(
    file,
    dataIssues(schema, value)
      .map(({ path, message }) => `${path || 'the file'}: ${message}`)
      .join('; '),
  );
}

/** Write a fixture where {@link readFixture} finds it; returns the file. */
export function writeFixture(folder: string, fixture: Fixture): string {
  const file = fixturePath(folder, fixture.case);
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all: a run that is stopped here must not leave half a fixture.
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(fixture, null, 2)}\n`);
  renameSync(draft, file);
  return file;
}

function isFixture(value: unknown): value is Fixture {
  return dataIssues(schema, value).length === 0;
}

function unreadable(file: string, why: string, cause?: unknown): HarnessError {
  return new HarnessError('E_FIXTURE_BROKEN', `${file} is no fixture: ${why}`, {
    kind: 'harness',
    cause,
    hint: 'Record it again with `pinecone-contract record --target URL`, or restore it from version control.',
  });
}
