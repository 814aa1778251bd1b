import type { Json, Operation, Parameter } from '../../../model/document.ts';
import { pairsOf, parameterValue } from '../request/parameter-value.ts';
import type { IncomingCall } from '../request/request.ts';
import { keywordAt } from '../../../openapi/schema/schema-parts.ts';

/** The part of a list that a request asks for. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are on all pages. */
  readonly total: number;
  readonly hasMore: boolean;
  /** What leads to the next page, where there is one and the operation has a parameter for it. */
  readonly next?: string;
}

/** Names of query parameters, without their case, `_`, `-` and brackets. */
const names = {
  size: /^(limit|pagesize|perpage|pagelimit|size|maxresults|maxitems|take|top)$/,
  offset: /^(offset|skip|pageoffset|startindex)$/,
  number: /^(page|pagenumber)$/,
  token: /^(cursor|pagetoken|paginationtoken|nexttoken|pagecursor|nextcursor|continuationtoken)$/,
};

const usualSize = 20;

/**
 * The page of a list that the query parameters of the document ask for. Where none is asked for, it is the whole list, or as
 * much of it as the `default` of the size says. A token that this mock has not made leads past the end; it is `unknown` where
 * the document does not have it as an example.
 */
export function pageOf<T>(
  operation: Operation,
  call: Pick<IncomingCall, 'query'>,
  all: readonly T[],
): Page<T> & { readonly unknown?: string } {
  const paging = pagingOf(operation, call);
  const { size, token, example } = paging;
  const known = startOf(paging);
  const start = known ?? all.length;
  const end = size === undefined ? all.length : start + size;
  const hasMore = size !== undefined && size > 0 && end < all.length;
  return {
    items: all.slice(start, end),
    total: all.length,
    hasMore,
    ...(hasMore && token !== undefined ? { next: tokenOf(end) } : {}),
    ...(known === undefined && token !== undefined && token !== example ? { unknown: token } : {}),
  };
}

interface Paging {
  readonly size?: number;
  readonly offset: number;
  /** How many pages come before. */
  readonly pages: number;
  /** Empty where the parameter is declared and was not sent; absent where it is not declared. */
  readonly token?: string;
  /** The token that the document has as an example. */
  readonly example?: Json;
}

function pagingOf(operation: Operation, { query }: Pick<IncomingCall, 'query'>): Paging {
  const { document, parameters } = operation;
  const pairs = pairsOf(query, '&');
  const sources = { path: new Map<string, string>(), query: pairs, cookies: [], headers: () => [] };
  const named = (name: RegExp): Parameter | undefined =>
    parameters.find((each) => each.in === 'query' && name.test(each.name.toLowerCase().replaceAll(/[^a-z]/g, '')));
  const valueOf = (parameter: Parameter | undefined): Json | undefined =>
    parameter === undefined ? undefined : (parameterValue(document, parameter, sources) ?? byDefault(parameter));
  const byDefault = ({ schema }: Parameter): Json | undefined =>
    schema === undefined ? undefined : keywordAt(document, schema, 'default');

  const number = named(names.number);
  const token = named(names.token);
  const first = number?.schema === undefined ? undefined : lowest(keywordAt(document, number.schema, 'minimum'));
  const page = whole(valueOf(number));
  const size = whole(valueOf(named(names.size))) ?? (page === undefined ? undefined : usualSize);
  return {
    offset: whole(valueOf(named(names.offset))) ?? 0,
    pages: page === undefined ? 0 : Math.max(0, page - (first ?? 1)),
    ...(size === undefined ? {} : { size }),
    ...(token === undefined ? {} : { token: textOf(valueOf(token)) }),
    ...(token?.example === undefined ? {} : { example: token.example }),
  };
}

/** Pages are counted from 1, but where the document lets the first one be 0. */
function lowest(minimum: Json | undefined): number | undefined {
  return minimum === 0 ? 0 : undefined;
}

function whole(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Undefined where the token is none of this mock. */
function startOf({ size = 0, offset, pages, token = '' }: Paging): number | undefined {
  if (token === '') return offset + pages * size;
  const match = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  return match === null ? undefined : Number(match[1]);
}

function tokenOf(start: number): string {
  return Buffer.from(`from:${start}`, 'latin1').toString('base64url');
}
