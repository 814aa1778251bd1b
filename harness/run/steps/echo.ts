import { parsedJson } from '../../core/parsed-json.ts';
import type { Case } from '../../model/case.ts';
import type { Json, JsonObject } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/verdict.ts';
import { below, isObject } from '../../openapi/document/pointer.ts';
import { sameValue } from './same-value.ts';

/** A property that a response gives another value than the request did. */
interface Difference {
  readonly pointer: string;
  readonly sent: Json;
  readonly told: Json;
}

/** What a response says otherwise about a new resource than the request that made it. */
export function echoFindings(
  one: Case,
  given: { readonly sent: Exchange; readonly told: Exchange; readonly step: string; readonly number: number },
): readonly Finding[] {
  const sent = jsonOf(given.sent.request.body);
  const told = jsonOf(given.told.response === undefined ? undefined : Buffer.from(given.told.response.body).toString());
  if (!isObject(sent) || !isObject(told)) return [];
  return differences(sent, placeOf(sent, told)).map(({ pointer, sent: expected, told: actual }) => ({
    check: 'effect-echo',
    severity: one.severity,
    message: `the response says another ${pointer} than the request that made the resource`,
    where: `body ${pointer}`,
    expected: JSON.stringify(expected),
    actual: JSON.stringify(actual),
    hint: 'Store what was sent, or refuse it with a declared 4xx.',
    at: one.at,
    step: given.step,
    exchange: given.number,
  }));
}

/** The resource in a body: the whole of it, or one property such as `data`, whichever has more of what was sent. */
function placeOf(sent: JsonObject, told: JsonObject): JsonObject {
  const shared = (value: Json): number =>
    isObject(value) ? Object.keys(sent).filter((name) => Object.hasOwn(value, name)).length : 0;
  const inner = Object.values(told)
    .filter(isObject)
    .find((value) => shared(value) > shared(told));
  return inner ?? told;
}

function differences(sent: JsonObject, told: JsonObject, pointer = ''): readonly Difference[] {
  return Object.entries(sent).flatMap(([name, value]): readonly Difference[] => {
    const other = told[name];
    const at = below(pointer, name);
    if (!Object.hasOwn(told, name) || other === undefined || isOfServer(name)) return [];
    if (isObject(value) && isObject(other)) return differences(value, other, at);
    // A value of another type is judged by the schema of the response, which may declare that type.
    return isPlain(value) && typeof other === typeof value && !sameValue(value, other as typeof value)
      ? [{ pointer: at, sent: value, told: other }]
      : [];
  });
}

/** A server gives ids, states and times itself, whatever a request says. */
function isOfServer(name: string): boolean {
  return /^(id|uuid|_id|self|href|url|status|state|phase|version|etag)$|(_id|Id|_at|At|[Dd]ate|[Tt]ime|[Ss]tatus|[Ss]tate|password|secret|token)$/.test(
    name,
  );
}

function isPlain(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function jsonOf(text: string | undefined): unknown {
  return parsedJson(text ?? '');
}
