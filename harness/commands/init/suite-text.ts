import { printable, shortened } from '../../core/text/printable.ts';
import type { Json, Operation } from '../../model/document.ts';
import { yamlOf } from '../../openapi/document/yaml-of.ts';
import type { SuitePart } from './suite-recipes.ts';

/** The text of a suite.yaml. `spec`: the document, seen from the folder of the suite. */
export function suiteText(
  operation: Operation,
  parts: readonly SuitePart[],
  { name, spec }: { readonly name: string; readonly spec: string },
): string {
  const written = parts.some(({ kind }) => kind === 'recipe');
  return [
    '# How each declared response is provoked. docs/extending.md of pinecone-contract lists what can be written here.',
    ...yamlOf({ suite: name, version: '1.0.0', operation: operation.id, spec }).split('\n'),
    '',
    '# What no recipe says is tried from the document alone. Take this out, and only the recipes count.',
    'defaults: true',
    '',
    '# Headers of every request; {version} is the version of the document.',
    '# headers: { X-Example: sample }',
    '',
    ...(written
      ? ['recipes:']
      : ['recipes: {}', '# Write `recipes:` in the place of the line above with the first recipe:']),
    ...parts.flatMap((part) => ['', ...linesOf(operation, part)]),
    '',
    ...rolesText(operation),
  ].join('\n');
}

function linesOf(operation: Operation, part: SuitePart): readonly string[] {
  const { key, description } = part.response;
  const title = `  # ${key}: ${shortened(printable(description.trim().replace(/\s+/g, ' ')), 100)}`;
  switch (part.kind) {
    case 'recipe':
      return [title, `  # ${printable(part.how)}`, ...yamlOf({ [key]: part.recipe as unknown as Json }, 2).split('\n')];
    case 'default':
      return [title, `  # Tried from the document, in a way that no recipe says: ${printable(part.how)}.`];
    case 'open':
      return [
        title,
        `  # Unproved: ${printable(part.how)}.`,
        ...(part.exempt === undefined
          ? ['  # Fill in the state of the server or the request that provokes it, and take the # away:']
          : [`  # On a live server it is exempt: ${part.exempt}. Where yours can be made to give it, fill in how:`]),
        ...yamlOf({ [key]: template(operation, key) }, 2)
          .split('\n')
          .map((line) => line.replace(/^ {2}/, '  # ')),
      ];
    default:
      return part satisfies never;
  }
}

/** A recipe to fill in. */
function template(operation: Operation, key: string): Json {
  const state = `the state in which ${operation.id} is answered ${key} (name it so in your states file)`;
  if (key === '403') return { state, credential: 'forbidden' };
  const names = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const body = operation.requestBody?.example;
  const request: Json = {
    ...(names[0] === undefined ? {} : { query: { [names[0]]: 'a value that provokes it' } }),
    ...(body === undefined ? {} : { body }),
  };
  return Object.keys(request).length === 0 ? { state } : { state, request };
}

/** The probes beyond the declared responses need to know which response plays which part. */
function rolesText(operation: Operation): readonly string[] {
  const resource = operation.parameters.filter(({ in: place }) => place === 'path').at(-1)?.name;
  if (resource === undefined) return [];
  const success = operation.responses.find(({ key }) => key.startsWith('2'))?.key ?? '200';
  const has = (key: string): boolean => operation.responses.some((response) => response.key === key);
  const roles = [
    `accepted: '${success}'`,
    ...(has('401') ? ["unauthorized: '401'"] : []),
    ...(has('404') ? ["missing: '404'"] : []),
  ];
  return [
    '# For the probes of ids, keys and effects: which response plays which part (each needs a recipe with a state), and the',
    '# parameter that names the resource.',
    `# roles: { ${roles.join(', ')} }`,
    `# resource: ${resource}`,
    '',
  ];
}
