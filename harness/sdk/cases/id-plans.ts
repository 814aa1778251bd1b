import type { Operation, SpecPlace } from '../../model/document.ts';
import type { DriverOption } from '../driver/driver-options.ts';
import type { DriverInput } from '../driver/protocol.ts';
import type { Reply } from '../server/script.ts';
import { usualDeadlineMs } from './sdk-case.ts';
import type { SdkPlan } from './sdk-case.ts';
import { hasPathSpelling } from '../rules/target.ts';

/** Values that a program may pass as an id, and what goes wrong when they are pasted into a URL as they are. */
const hostile: readonly (readonly [name: string, value: string, danger: string])[] = [
  ['slash', 'a/b', 'addresses a sub-resource'],
  ['leading-slash', '/a', 'becomes an empty segment or another path'],
  ['trailing-slash', 'a/', 'is another resource, or the same to some routers'],
  ['climb', 'a/../b', 'addresses another backup'],
  ['climb-to-collection', '../indexes/production', 'deletes an index in place of a backup'],
  ['dot', '.', 'addresses the whole collection'],
  ['dot-dot', '..', 'addresses the root of the API'],
  ['encoded-dot-dot', '%2e%2e', 'climbs when it is not encoded once more'],
  ['encoded-slash', 'a%2Fb', 'is decoded to a slash when it is not encoded once more'],
  ['encoded-climb', '%2E%2E%2Findexes%2Fproduction', 'deletes an index when it is not encoded once more'],
  ['fragment', 'a#b', 'loses what follows #: another backup is addressed'],
  ['query', 'a?b', 'loses what follows ?: another backup is addressed'],
  ['query-pair', 'a?force=true', 'smuggles a query parameter'],
  ['matrix-parameter', 'a;v=1', 'loses what follows ; on some servers'],
  ['percent', '100%', 'is no valid percent-encoding as it stands'],
  ['space', 'a b', 'breaks the request line'],
  ['outer-space', ' a ', 'is trimmed to another id'],
  ['plus', 'a+b', 'becomes a space when it is encoded as a form'],
  ['sub-delimiters', "a!$&'()*,;=:@~b", 'is encoded differently by each language, and must decode to the same'],
  ['backslash', 'a\\b', 'becomes a slash in URL parsers of browsers'],
  ['unicode', 'résumé-备份-🗂', 'is encoded in another charset'],
  ['right-to-left', 'א\u202eb', 'reads differently from what it is'],
  ['quote', 'a"<b>\'', 'breaks logs and pages'],
  ['nul', 'a\u0000b', 'ends the string in some stacks'],
  ['line-break', 'a\r\nX-Injected: 1', 'injects a header'],
  ['empty', '', 'addresses the whole collection'],
  ['very-long', 'x'.repeat(8192), 'is cut off'],
];

/** What is no text, and what goes wrong when it is made into one unasked. `text`: what it may be sent as, if anything. */
const noText: readonly {
  readonly name: string;
  readonly input: DriverInput;
  readonly text?: string;
  readonly needs: DriverOption;
  readonly title: string;
}[] = [
  { name: 'null', input: { json: null }, needs: 'input_null', title: 'no id at all (null)' },
  { name: 'number', input: { json: 7 }, text: '7', needs: 'input_json', title: 'the number 7 in place of an id' },
  { name: 'list', input: { json: ['a'] }, needs: 'input_json', title: 'a list with one id in place of an id' },
  {
    name: 'lone-surrogate',
    input: { utf16: [0x61, 0xd800, 0x62] },
    needs: 'input_utf16',
    title: 'an id with half of a UTF-16 pair, which UTF-8 cannot spell',
  },
];

export function idPlans(operation: Operation, accepted: Reply): readonly SdkPlan[] {
  return [...hostilePlans(operation, accepted), ...noTextPlans(operation, accepted)];
}

function noTextPlans(operation: Operation, accepted: Reply): readonly SdkPlan[] {
  return noText.map(({ name, input, text, needs, title }) => ({
    id: `sdk/${operation.id}/id/${name}`,
    group: 'id',
    title,
    requirement:
      text === undefined
        ? 'This is no id: the SDK refuses it, with an error that says so, and sends nothing.'
        : 'The SDK refuses it, with an error that says so, and sends nothing; or it sends it as text.',
    value: text ?? '',
    input,
    needs: [needs],
    reply: accepted,
    refusal: text === undefined ? 'required' : 'allowed',
    deadlineMs: usualDeadlineMs,
    at: placeOf(operation),
  }));
}

function hostilePlans(operation: Operation, accepted: Reply): readonly SdkPlan[] {
  return hostile.map(([name, value, danger]) => ({
    id: `sdk/${operation.id}/id/${name}`,
    group: 'id',
    title: `id ${shown(value)}: pasted into a URL, it ${danger}`,
    requirement: hasPathSpelling(value)
      ? 'The id arrives as exactly one path segment that percent-decodes to it, or the SDK refuses it and sends nothing.'
      : 'This id has no spelling in a path: the SDK refuses it and sends nothing.',
    value,
    reply: accepted,
    refusal: hasPathSpelling(value) ? 'allowed' : 'required',
    deadlineMs: usualDeadlineMs,
    at: placeOf(operation),
  }));
}

function placeOf(operation: Operation): SpecPlace {
  return operation.parameters.find((parameter) => parameter.in === 'path')?.at ?? operation.at;
}

function shown(value: string): string {
  return value.length > 40 ? `of ${value.length} characters` : JSON.stringify(value);
}
