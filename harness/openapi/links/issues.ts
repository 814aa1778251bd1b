import type { DeclaredResponse, Json, MediaType, Operation } from '../../model/document.ts';
import { below } from '../document/pointer.ts';
import { isJson } from '../media-type.ts';
import { usableOperation } from '../operation/usable.ts';
import { pointerGap } from '../schema/pointer-gap.ts';
import { parseLinkText, type RuntimeExpression } from './expression.ts';
import { type DeclaredLink, targetOf } from './link.ts';
import { linkedParameter } from './parameters.ts';

/** Why a link cannot be followed as it stands. */
export interface LinkIssue {
  readonly about: 'target' | 'parameter' | 'expression';
  /** Where in the document. */
  readonly pointer: string;
  /** What is wrong, to stand after the name of the link: `leads to the operation x, which is not there`. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** The document does not rule out that there is a value. */
  readonly possible?: true;
}

/** What is wrong with a link of an operation; what it says of an operation of another document is not judged. */
export function linkIssues(operation: Operation, link: DeclaredLink): readonly LinkIssue[] {
  return [...targetIssues(operation, link), ...parameterIssues(operation, link), ...expressionIssues(operation, link)];
}

function targetIssues({ document }: Operation, link: DeclaredLink): readonly LinkIssue[] {
  const target = targetOf(document, link);
  if ('listed' in target || target.foreign === true) return [];
  const { operationId, operationRef, pointer } = link;
  const key = operationId !== undefined ? 'operationId' : operationRef !== undefined ? 'operationRef' : undefined;
  return [
    {
      about: 'target',
      pointer: key === undefined ? pointer : below(pointer, key),
      message: target.problem,
      expected: 'an operationId of the document, or an operationRef that leads to an operation',
      actual: [operationId, operationRef].filter((each) => each !== undefined).join(' and ') || 'neither',
    },
  ];
}

function parameterIssues({ document }: Operation, link: DeclaredLink): readonly LinkIssue[] {
  const target = targetOf(document, link);
  const next = 'listed' in target ? usableOperation(target.listed) : undefined;
  if (next === undefined) return [];
  const declared = next.parameters.map((each) => `${each.in}.${each.name}`).join(', ') || 'none';
  const wrong = Object.keys(link.parameters).flatMap((key): readonly LinkIssue[] => {
    const parameter = linkedParameter(next, key);
    if (!('problem' in parameter)) return [];
    return [
      {
        about: 'parameter',
        pointer: below(link.pointer, 'parameters', key),
        message: `gives ${next.id} a value of "${key}", which ${parameter.problem}`,
        expected: `one of its parameters: ${declared}`,
        actual: key,
      },
    ];
  });
  if (link.requestBody === undefined || next.requestBody !== undefined) return wrong;
  return [
    ...wrong,
    {
      about: 'parameter',
      pointer: below(link.pointer, 'requestBody'),
      message: `gives ${next.id} a body, and it takes none`,
      expected: 'an operation with a request body',
      actual: `${next.method} ${next.path}`,
    },
  ];
}

function expressionIssues(operation: Operation, link: DeclaredLink): readonly LinkIssue[] {
  const texts = [
    ...Object.entries(link.parameters).flatMap(([key, value]) =>
      textsIn(value, below(link.pointer, 'parameters', key)),
    ),
    ...(link.requestBody === undefined ? [] : textsIn(link.requestBody, below(link.pointer, 'requestBody'))),
  ];
  return texts.flatMap(({ pointer, text }): readonly LinkIssue[] => {
    const parsed = parseLinkText(text);
    const about = { about: 'expression', pointer, actual: text } as const;
    if (parsed.kind === 'malformed') {
      const message = `has ${parsed.text}, which is no runtime expression: ${parsed.problem}`;
      return [{ ...about, message, expected: 'a runtime expression, such as $response.body#/id' }];
    }
    const used = parsed.kind === 'expression' ? [parsed] : parsed.parts.filter((part) => typeof part !== 'string');
    return used.flatMap(({ text: own, expression }) => {
      const gap = gapOf(operation, link.response, expression);
      return gap === undefined ? [] : [{ ...about, ...gap, message: `uses ${own}, and ${gap.message}` }];
    });
  });
}

function textsIn(value: Json, pointer: string): readonly { readonly pointer: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ pointer, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const names = Object.keys(value);
  return Object.values(value).flatMap((item: Json, at) => textsIn(item, below(pointer, names[at] ?? '')));
}

type Gap = Pick<LinkIssue, 'message' | 'expected' | 'possible'>;

/** Why the value of an expression is not there, as far as the document says what is. */
function gapOf(operation: Operation, key: string, expression: RuntimeExpression): Gap | undefined {
  const { id, requestBody } = operation;
  const response = operation.responses.find((each) => each.key === key);
  switch (expression.kind) {
    case 'url':
    case 'method':
    case 'statusCode':
      return undefined;
    case 'path':
    case 'query':
      if (expression.of === 'request') return parameterGap(operation, expression);
      return {
        message: `a response has no ${expression.kind}`,
        expected: '$response.header.NAME or $response.body#/POINTER',
      };
    case 'header':
      return expression.of === 'request' ? parameterGap(operation, expression) : headerGap(response, expression.name);
    case 'body':
      if (expression.of === 'request') return bodyGap(operation, requestBody?.content ?? [], { id, ...expression });
      return bodyGap(operation, response?.media ?? [], { id: `the response ${key} of ${id}`, ...expression });
    default:
      return expression satisfies never;
  }
}

/** OpenAPI: what a link uses of a request must be declared; of these headers, other parts of the document say it. */
const saidElsewhere = /^(accept|content-type|authorization)$/i;

function parameterGap(
  { id, parameters }: Operation,
  { kind, name }: { readonly kind: 'path' | 'query' | 'header'; readonly name: string },
): Gap | undefined {
  const sameName = (other: string): boolean =>
    kind === 'header' ? other.toLowerCase() === name.toLowerCase() : other === name;
  if (kind === 'header' && saidElsewhere.test(name)) return undefined;
  const own = parameters.filter((parameter) => parameter.in === kind);
  if (own.some((parameter) => sameName(parameter.name))) return undefined;
  return {
    message: `${id} has no ${kind} parameter "${name}"`,
    expected: `one of its ${kind} parameters: ${own.map((parameter) => parameter.name).join(', ') || 'none'}`,
  };
}

/** Headers that a response may have without a word in the document. */
const ofHttp = /^(location|content-location|content-type|etag|last-modified|date|server|link|retry-after)$/i;

function headerGap(response: DeclaredResponse | undefined, name: string): Gap | undefined {
  const declared = response?.headers.map((header) => header.name) ?? [];
  if (ofHttp.test(name) || declared.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  return {
    message: `the response declares no header ${name}`,
    expected: `a declared header: ${declared.join(', ') || 'none'}`,
    possible: true,
  };
}

function bodyGap(
  { document }: Operation,
  media: readonly MediaType[],
  { id, of, pointer = '' }: { readonly id: string; readonly of: string; readonly pointer?: string },
): Gap | undefined {
  if (media.length === 0) return { message: `${id} declares no body`, expected: `a ${of} with a body` };
  if (media.some(({ type, schema }) => schema === undefined || !isJson(type))) return undefined;
  const schemas = media.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
  const gap = pointerGap(document, schemas, pointer);
  if (gap === undefined) return undefined;
  const { message, closed } = gap;
  return { message, expected: `a value that the schema of the ${of} has`, ...(closed ? {} : { possible: true }) };
}
