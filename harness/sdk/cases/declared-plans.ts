import { slug, uniquely } from '../../cases/case-id.ts';
import { HarnessError } from '../../core/errors.ts';
import type { DeclaredResponse, Json, MediaType, NamedExample, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { isJson } from '../../openapi/media-type.ts';
import { schemaIssues } from '../../openapi/schema/schema.ts';
import type { Situation } from '../releases/manifest.ts';
import type { Meaning, Reply } from '../server/script.ts';
import type { SdkPlan } from './sdk-case.ts';
import { usualDeadlineMs } from './sdk-case.ts';

/** One plan for each declared response × media type × named example: the very promises that servers are held to. */
export function declaredPlans(operation: Operation, value: string): readonly SdkPlan[] {
  const unique = uniquely();
  return operation.responses.flatMap((response) => {
    const status = statusOf(response);
    return shapesOf(response).map(({ media, example }): SdkPlan => {
      const shape =
        media === undefined
          ? 'no-content'
          : `${slug(media.type)}/${slug(example === undefined ? 'any' : example.name)}`;
      const situation = situationOf(status);
      return {
        id: unique(`sdk/${operation.id}/${slug(response.key)}/${shape}`),
        group: 'declared',
        title: `${response.key} ${response.description}`,
        requirement: requirementOf(operation, response),
        value,
        reply: declaredReply(operation, response, media, example),
        ...(situation === undefined ? {} : { situation }),
        refusal: 'forbidden',
        deadlineMs: usualDeadlineMs,
        // A key that is known and lacks the permission.
        ...(status === 403 ? { credential: 'forbidden' as const } : {}),
        response,
        ...(example === undefined ? {} : { example }),
        at: example?.at ?? media?.at ?? response.at,
      };
    });
  });
}

/** The reply that the document promises, held against the document before it is ever sent. */
export function declaredReply(
  operation: Operation,
  response: DeclaredResponse,
  media?: MediaType,
  example?: NamedExample,
): Reply & { readonly kind: 'answer' } {
  const status = statusOf(response);
  if (media === undefined || example === undefined) {
    return { kind: 'answer', status, headers: [], body: '', means: meaningOf(status, undefined) };
  }
  const issues = media.schema === undefined ? [] : schemaIssues(operation.document, media.schema, example.value);
  const [issue] = issues;
  if (issue !== undefined) {
    throw new HarnessError(
      'E_SDK_REPLY',
      `Example ${example.name} of ${response.key} does not fit the document's own schema: ${issue.path} ${issue.message}`,
      { hint: `Correct the example at ${example.at.file}:${example.at.line}.` },
    );
  }
  const headers: HeaderPair[] = [['Content-Type', media.type]];
  return {
    kind: 'answer',
    status,
    headers,
    body: bodyText(media.type, example.value),
    means: meaningOf(status, example.value),
  };
}

/** A text is written as it is, unless the media type is JSON. */
function bodyText(type: string, value: Json): string {
  return typeof value === 'string' && !isJson(type) ? value : JSON.stringify(value);
}

/** What a status and a body of the document's error shape mean; of plain text the whole is the message. */
export function meaningOf(status: number, body: Json | undefined): Meaning {
  if (status < 300) return { kind: 'success' };
  if (typeof body === 'string') return { kind: 'error', status, message: body };
  const error = member(body, 'error');
  const code = member(error, 'code');
  const message = member(error, 'message');
  return {
    kind: 'error',
    status,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

function shapesOf(response: DeclaredResponse): readonly { media?: MediaType; example?: NamedExample }[] {
  if (response.media.length === 0) return [{}];
  return response.media.flatMap((media): readonly { media: MediaType; example?: NamedExample }[] =>
    media.examples.length === 0 ? [{ media }] : media.examples.map((example) => ({ media, example })),
  );
}

/** A range or `default` is played by its most ordinary member. */
function statusOf(response: DeclaredResponse): number {
  if (response.key === 'default') return 500;
  return Number(response.key.replace(/XX$/, '00'));
}

function situationOf(status: number): Situation | undefined {
  if (status === 503) return 'unavailable';
  if (status >= 500) return 'server-error';
  return status === 429 ? 'throttled' : undefined;
}

function requirementOf(operation: Operation, response: DeclaredResponse): string {
  const status = statusOf(response);
  const what = `When ${operation.method} ${operation.path} answers ${response.key}`;
  if (status < 300) return `${what}, the call returns.`;
  const shown = isText(response) ? 'status and message' : 'status, code and message';
  return `${what}, the call raises an error of the SDK's own type that shows ${shown}.`;
}

function isText({ media }: DeclaredResponse): boolean {
  return media.length > 0 && media.every(({ type }) => !isJson(type));
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
