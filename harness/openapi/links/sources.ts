import type { OasDocument, Operation } from '../../model/document.ts';
import { below, follow, member } from '../document/pointer.ts';
import { type ListedOperation, listOperations } from '../operation/operation.ts';
import { parametersIn, shapeOf, upTo } from '../operation/path-template.ts';
import { usableOperation } from '../operation/usable.ts';
import { parseLinkText } from './expression.ts';
import { type DeclaredLink, linksOf, targetOf } from './link.ts';

interface Leading {
  readonly link: DeclaredLink;
  readonly next: ListedOperation;
}

/** The links of the answers to what is taken, or, by `created`, of the one that says that something was made. */
export function linksFrom(operation: Operation, created: boolean): readonly Leading[] {
  return operation.responses
    .filter(({ key }) => (created ? key === '201' : key.startsWith('2')))
    .flatMap(({ key }) => linksOf(operation, key))
    .flatMap((link) => {
      const target = targetOf(operation.document, link);
      return 'listed' in target ? [{ link, next: target.listed }] : [];
    });
}

/** What a link says of a path parameter: a JSON pointer into the body of the response, or another runtime expression. */
export function sourceIn({ parameters }: DeclaredLink, name: string): string | undefined {
  const written = member(parameters, name) ?? member(parameters, `path.${name}`);
  const parsed = typeof written === 'string' ? parseLinkText(written) : undefined;
  if (parsed?.kind !== 'expression') return undefined;
  const { expression, text } = parsed;
  return expression.kind === 'body' && expression.of === 'response' ? (expression.pointer ?? '') : text;
}

/** Where links say that the value stands which names a new resource in `item`, such as `/things/{thing_id}`. */
export function linkedSources(create: Operation, item: string, created = false): readonly string[] {
  const found = linksFrom(create, created).flatMap(({ link, next }) => {
    const place = parametersIn(item).length - 1;
    const name = parametersIn(next.path)[place];
    if (name === undefined || shapeOf(upTo(next.path, name)) !== shapeOf(item)) return [];
    return sourceIn(link, name) ?? [];
  });
  return [...new Set(found)];
}

const linking = new WeakMap<OasDocument, readonly Operation[]>();

/** Every POST of a document whose 201 has links. */
export function linkingOperations(document: OasDocument): readonly Operation[] {
  let known = linking.get(document);
  if (known === undefined) {
    known = listOperations(document)
      .filter((listed) => listed.method === 'POST' && hasLinks(document, listed))
      .flatMap((listed) => usableOperation(listed) ?? []);
    linking.set(document, known);
  }
  return known;
}

/** Found without making the operation, of which a document may have thousands. */
function hasLinks({ root }: OasDocument, { pointer }: ListedOperation): boolean {
  const responses = follow(root, below(pointer, 'responses'));
  if (responses === undefined) return false;
  return follow(root, below(responses.pointer, '201', 'links')) !== undefined;
}
