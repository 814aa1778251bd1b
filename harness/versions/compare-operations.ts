import type { Json, JsonObject, OasDocument, Operation } from '../model/document.ts';
import { below, follow, isObject, member } from '../openapi/document/pointer.ts';

/** A place in which two documents disagree about an operation. A side that has nothing there is absent. */
export interface Disagreement {
  /** The pointer in our document; in theirs where ours has nothing there. */
  readonly pointer: string;
  readonly ours?: Json;
  readonly theirs?: Json;
}

interface Side {
  readonly root: JsonObject;
  readonly pointer: string;
}

interface Walk {
  readonly found: Disagreement[];
  /** Pairs of pointers that are being compared or have been: schemas may be circular. */
  readonly seen: Set<string>;
}

/** Every place in which two documents disagree about one operation, `$ref`s followed on both sides. */
export function compareOperations(ours: Operation, theirs: Operation): readonly Disagreement[] {
  const walk: Walk = { found: [], seen: new Set() };
  compare(walk, sideOf(ours, ours.at.pointer), sideOf(theirs, theirs.at.pointer));
  const [item, other] = [itemOf(ours), itemOf(theirs)];
  compare(walk, sideOf(ours, below(item, 'parameters')), sideOf(theirs, below(other, 'parameters')));
  compareSecurity(walk, ours, theirs);
  return walk.found;
}

/** What applies where the operation itself says nothing: the document's own requirement, and the schemes it names. */
function compareSecurity(walk: Walk, ours: Operation, theirs: Operation): void {
  const required = [ours, theirs].map(({ document, at }) => ({
    own: follow(document.root, below(at.pointer, 'security')) !== undefined,
    schemes: schemesOf(document, at.pointer),
  }));
  if (required.some(({ own }) => !own))
    compare(walk, sideOf(ours, securityPointer(ours)), sideOf(theirs, securityPointer(theirs)));
  for (const scheme of new Set(required.flatMap(({ schemes }) => schemes))) {
    const pointer = below('', 'components', 'securitySchemes', scheme);
    compare(walk, sideOf(ours, pointer), sideOf(theirs, pointer));
  }
}

function securityPointer({ document, at }: Operation): string {
  const own = below(at.pointer, 'security');
  return follow(document.root, own) === undefined ? '/security' : own;
}

function schemesOf({ root }: OasDocument, pointer: string): readonly string[] {
  const security = (follow(root, below(pointer, 'security')) ?? follow(root, '/security'))?.value;
  return Array.isArray(security) ? security.filter(isObject).flatMap((each) => Object.keys(each)) : [];
}

function itemOf({ at }: Operation): string {
  return at.pointer.slice(0, at.pointer.lastIndexOf('/'));
}

function sideOf({ document }: Operation, pointer: string): Side {
  return { root: document.root, pointer };
}

function compare(walk: Walk, ours: Side, theirs: Side): void {
  const [mine, other] = [follow(ours.root, ours.pointer), follow(theirs.root, theirs.pointer)];
  if (mine === undefined || other === undefined) {
    if (mine !== undefined) walk.found.push({ pointer: mine.pointer, ours: mine.value });
    if (other !== undefined) walk.found.push({ pointer: other.pointer, theirs: other.value });
    return;
  }
  const pair = `${mine.pointer}\n${other.pointer}`;
  if (walk.seen.has(pair)) return;
  walk.seen.add(pair);
  const under = (part: string, otherPart = part): void =>
    compare(
      walk,
      { root: ours.root, pointer: below(mine.pointer, part) },
      { root: theirs.root, pointer: below(other.pointer, otherPart) },
    );
  if (isObject(mine.value) && isObject(other.value)) {
    for (const key of new Set([...Object.keys(mine.value), ...Object.keys(other.value)])) under(key);
  } else if (isList(mine.value) && isList(other.value)) {
    for (const [part, otherPart] of pairs(ours.root, mine, { root: theirs.root, ...other })) under(part, otherPart);
  } else if (textOf(mine.value) !== textOf(other.value)) {
    walk.found.push({ pointer: mine.pointer, ours: mine.value, theirs: other.value });
  }
}

/** The items of two lists that belong together: parameters by name, texts by their value, all others by position. */
function pairs(
  root: JsonObject,
  mine: { readonly pointer: string; readonly value: Json },
  theirs: { readonly root: JsonObject; readonly pointer: string; readonly value: Json },
): readonly (readonly [string, string])[] {
  const names = keysOf(root, mine);
  const others = keysOf(theirs.root, theirs);
  const none = String(Number.MAX_SAFE_INTEGER);
  const at = (index: number): string => (index < 0 ? none : String(index));
  return [
    ...names.map((name, index) => [String(index), at(others.indexOf(name))] as const),
    ...others.flatMap((name, index) => (names.includes(name) ? [] : [[none, String(index)] as const])),
  ];
}

function keysOf(
  root: JsonObject,
  { pointer, value }: { readonly pointer: string; readonly value: Json },
): readonly string[] {
  const items = isList(value) ? value : [];
  return items.map((item, index) => {
    if (typeof item === 'string') return item;
    const real = follow(root, below(pointer, String(index)))?.value;
    const [name, place] = [member(real, 'name'), member(real, 'in')];
    return typeof name === 'string' && typeof place === 'string' ? `${place} ${name}` : `#${index}`;
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Where a line ends in the YAML of a description says nothing about the contract. */
function textOf(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value.trim().replace(/\s+/g, ' ')) : JSON.stringify(value);
}
