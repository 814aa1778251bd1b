import type { ArrangeStep, FollowedLink } from '../../model/case.ts';
import type { RecipeRequest, StateStep } from '../../model/recipe.ts';
import type { Json, Operation, Parameter } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import { closestTo } from '../../openapi/closest.ts';
import { evaluate } from '../../openapi/links/evaluate.ts';
import { linkIssues } from '../../openapi/links/issues.ts';
import { type DeclaredLink, linksOf, targetOf } from '../../openapi/links/link.ts';
import { linkedParameter } from '../../openapi/links/parameters.ts';
import { responseFor } from '../../openapi/match-response.ts';
import { usableOperation } from '../../openapi/operation/usable.ts';
import { headerText, isList, isObject, styleOf, textOf } from '../../openapi/request/style.ts';
import { recipePlan } from './recipe-plan.ts';
import { type RequestPlace, suiteError } from './suite-error.ts';

/** Where a step stands, and the names that have a value by then. */
type StepPlace = RequestPlace & { readonly known: ReadonlySet<string> };

/** A link that an operation declares for several responses is one link here: which of them counts, its answer says. */
interface Found {
  readonly from: number;
  readonly source: Operation;
  readonly links: readonly DeclaredLink[];
}

/** The call that a step makes by following a link which an operation of an earlier step declares. */
export function followLink(
  step: StateStep & { readonly follow: string },
  before: readonly ArrangeStep[],
  place: StepPlace,
): Pick<ArrangeStep, 'operation' | 'request' | 'follow'> {
  const found = linkNamed(step.follow, before, place);
  const operation = nextOf(found, place);
  const planFor = (linked: RecipeRequest, names: readonly string[]): ArrangeStep['request'] =>
    recipePlan(operation, withOwn(linked, step.request ?? {}), {
      ...place,
      at: [...place.at, 'request'],
      known: new Set([...place.known, ...names]),
    });
  const [first] = found.links;
  const texts = heldTexts();
  const asWritten = first === undefined ? {} : requestOf(operation, first, (value) => texts.hold(value));
  const follow: FollowedLink = {
    from: found.from,
    request(exchange) {
      const linked = evaluated(found, operation, exchange);
      if ('lacking' in linked) return linked;
      return { request: planFor(linked.request, Object.keys(linked.values)), values: linked.values };
    },
  };
  return { operation, request: planFor(asWritten, Object.keys(texts.values)), follow };
}

/** The last step before it whose operation declares such a link. */
function linkNamed(name: string, before: readonly ArrangeStep[], place: StepPlace): Found {
  const declared = before.map(({ operation, until }) => {
    const status = until?.status;
    const keys = operation.responses.filter(({ key }) => /^2/.test(key) || key === 'default').map(({ key }) => key);
    const awaited = status === undefined ? undefined : responseFor(operation.responses, status)?.key;
    return [...new Set([...(awaited === undefined ? [] : [awaited]), ...keys])].flatMap((key) =>
      linksOf(operation, key),
    );
  });
  const from = declared.findLastIndex((links) => links.some((link) => link.name === name));
  const source = before[from]?.operation;
  if (source !== undefined) {
    return { from, source, links: (declared[from] ?? []).filter((link) => link.name === name) };
  }
  const names = [...new Set(declared.flat().map((link) => link.name))];
  const [near] = closestTo(name, names);
  throw problem(
    place,
    `follows the link ${name}, and no operation of a step before it declares such a link for its success`,
    names.length === 0
      ? 'Write it behind a step whose operation declares links, or name an operation in its place.'
      : `${near === undefined ? '' : `Did you mean ${near}? `}They declare: ${names.join(', ')}.`,
  );
}

function nextOf({ source, links }: Found, place: StepPlace): Operation {
  const targets = links.map((link): Operation => {
    const refused = (why: string, at = link.at): Error =>
      problem(
        place,
        `follows the link ${link.name} of ${source.id} (${at.file}:${at.line}), which ${why}`,
        'Correct the link in the document, or write `operation` in the place of `follow`.',
      );
    const target = targetOf(source.document, link);
    if ('problem' in target) throw refused(target.problem);
    if (link.elsewhere) throw refused('is to be asked for at another server; only the server of the run is asked');
    const [issue] = linkIssues(source, link).filter(({ possible }) => possible !== true);
    if (issue !== undefined) throw refused(issue.message);
    const operation = usableOperation(target.listed);
    if (operation === undefined) throw refused(`leads to ${target.listed.id}, which cannot be used`);
    return operation;
  });
  const [first] = targets;
  if (first === undefined || targets.some(({ id }) => id !== first.id)) {
    throw problem(
      place,
      `follows the link ${links[0]?.name ?? ''} of ${source.id}, which leads to several operations: ${targets.map(({ id }) => id).join(', ')}`,
      'Write `operation` in the place of `follow`.',
    );
  }
  return first;
}

function evaluated(
  { source, links }: Found,
  operation: Operation,
  exchange: Exchange,
):
  | { readonly request: RecipeRequest; readonly values: Readonly<Record<string, string>> }
  | { readonly lacking: string } {
  const { response } = exchange;
  const key = response === undefined ? undefined : responseFor(source.responses, response.status)?.key;
  const link = links.find((each) => each.response === key);
  const called = `${source.method} ${source.path}`;
  if (link === undefined) {
    return {
      lacking: `${called} was answered ${response?.status ?? 'not at all'}, for which the link ${links[0]?.name ?? ''} is not declared`,
    };
  }
  const texts = heldTexts();
  const lacking: string[] = [];
  const request = requestOf(operation, link, (written) => {
    const result = evaluate(written, exchange, source);
    if ('value' in result && result.value !== null) return texts.hold(result.value);
    lacking.push('lacking' in result ? result.lacking : textOf(written));
    return null;
  });
  const [first] = lacking;
  if (first !== undefined) {
    return { lacking: `the answer of ${called} has no ${first}, which the link ${link.name} needs` };
  }
  return { request, values: texts.values };
}

/** What a link sends, as the request of a recipe. */
function requestOf(operation: Operation, link: DeclaredLink, valueOf: (written: Json) => Json): RecipeRequest {
  const given = Object.entries(link.parameters).flatMap(([key, written]) => {
    const parameter = linkedParameter(operation, key);
    return 'problem' in parameter ? [] : [{ parameter, value: valueOf(written) }];
  });
  const inPlace = (place: Parameter['in']): readonly (readonly [string, Json])[] =>
    given
      .filter(({ parameter }) => parameter.in === place)
      .map(({ parameter, value }) => [
        parameter.name,
        place === 'header' && value !== null ? headerText(value, styleOf(parameter)) : value,
      ]);
  const cookies = inPlace('cookie').map(([name, value]) => `${name}=${textOf(value)}`);
  const headers = [...inPlace('header'), ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const])];
  return {
    path: Object.fromEntries(inPlace('path')),
    query: Object.fromEntries(inPlace('query')),
    headers: Object.fromEntries(headers) as NonNullable<RecipeRequest['headers']>,
    ...(link.requestBody === undefined ? {} : { body: valueOf(link.requestBody) }),
  };
}

/** What the step itself says counts more. */
function withOwn(linked: RecipeRequest, own: RecipeRequest): RecipeRequest {
  const { body, ...rest } = linked;
  return {
    ...rest,
    ...(body === undefined || own.text !== undefined ? {} : { body }),
    ...own,
    path: { ...linked.path, ...own.path },
    query: { ...linked.query, ...own.query },
    headers: { ...linked.headers, ...own.headers },
  };
}

/** Texts of an answer are values of placeholders, so that a brace in one of them is nothing but a brace. */
function heldTexts(): { readonly values: Record<string, string>; hold(value: Json): Json } {
  const values: Record<string, string> = {};
  const hold = (value: Json): Json => {
    if (typeof value === 'string') {
      const name = `link_${Object.keys(values).length + 1}`;
      values[name] = value;
      return `{${name}}`;
    }
    if (isList(value)) return value.map(hold);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hold(item)])) : value;
  };
  return { values, hold };
}

function problem({ suite, at }: StepPlace, what: string, hint: string): Error {
  return suiteError(suite, [...at, 'follow'], `the state "${at[1] ?? ''}" ${what}`, hint);
}
