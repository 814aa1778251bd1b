import type { Case, CredentialVariant } from '../../model/case.ts';
import type { DeclaredResponse, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { isJson } from '../../openapi/media-type.ts';
import { mainCredential, requiresCredential } from '../../openapi/operation/security.ts';
import { refusalsOf } from './attempts.ts';
import { needsOf } from './default-case.ts';
import { planOf, requiredDraft } from './draft.ts';
import { freshDraft } from './fresh-draft.ts';
import { makingOf } from './made.ts';
import { refusedStep } from './refused-step.ts';

/** What is tried of any operation without a suite, beside wrong input: to come without a key, and to read what was made. */
export function resourceProbes(operation: Operation, headers: readonly HeaderPair[]): readonly Case[] {
  return [...keyProbes(operation, headers), ...madeProbes(operation, headers)];
}

const shown: readonly (readonly [CredentialVariant, name: string, how: string])[] = [
  ['none', 'no-key', 'without a credential'],
  ['truncated', 'truncated-key', 'whose credential lacks its last character'],
  ['extended', 'extended-key', 'whose credential has one character more'],
];

function keyProbes(operation: Operation, headers: readonly HeaderPair[]): readonly Case[] {
  const main = mainCredential(operation);
  if (!requiresCredential(operation) || main === undefined || main.type === 'mutualTLS') return [];
  const declared = operation.responses.filter(({ key }) => key === '401');
  const refusals = refusalsOf(operation);
  const expectation = declared.length === 0 ? refusals : ({ kind: 'one-of', responses: declared } as const);
  const draft = freshDraft(operation, requiredDraft(operation));
  const variants = main.type === 'apiKey' ? shown : shown.slice(0, 1);
  return variants.map(([credential, name, how]) => ({
    id: `${operation.id}/probe/auth/${name}`,
    kind: 'probe',
    title: `A request ${how} is refused`,
    requirement: `A request ${how} must be answered ${declared.length === 0 ? 'a 4xx' : '401'}, and nothing may come of it.`,
    // Where no 401 is declared, the document may not mean its security schemes.
    severity: declared.length === 0 ? 'advice' : 'violation',
    operation,
    needs: needsOf(operation, 'unauthorized', headers),
    steps: [refusedStep(operation, { name: how, draft: { ...draft, credential }, expectation, headers })],
    at: operation.at,
  }));
}

function madeProbes(operation: Operation, headers: readonly HeaderPair[]): readonly Case[] {
  const making = makingOf(operation, headers);
  const made = operation.responses.filter(({ key }) => /^2(0[012]|XX)$/i.test(key));
  if (making?.read === undefined || made.length === 0) return [];
  const { read } = making;
  const shown = making.created === true ? made.filter(({ key }) => !/^20[02]$/.test(key)) : made;
  return [
    {
      id: `${operation.id}/probe/effect/can-be-read`,
      kind: 'probe',
      title: 'What was made can be read, and is what was asked for',
      requirement: `After ${keysOf(shown)}, ${read.operation.method} ${read.operation.path} must show the resource, with the values that were sent.`,
      severity: 'violation',
      operation,
      needs: needsOf(operation, 'success', headers, '201'),
      steps: [
        {
          kind: 'make',
          name: operation.id,
          request: planOf(operation, freshDraft(operation, requiredDraft(operation)), [...headers, ...acceptOf(made)]),
          expectation: { kind: 'one-of', responses: operation.responses },
          ...making,
        },
      ],
      at: operation.at,
    },
  ];
}

/** What is made is compared where it is told in JSON; of several media types, that one is asked for. */
function acceptOf(responses: readonly DeclaredResponse[]): readonly HeaderPair[] {
  const media = responses.flatMap((response) => response.media);
  const json = media.find(({ type }) => isJson(type));
  return json === undefined || media.length < 2 ? [] : [['Accept', json.type]];
}

function keysOf(responses: readonly DeclaredResponse[]): string {
  return responses.map(({ key }) => key).join(' or ');
}
