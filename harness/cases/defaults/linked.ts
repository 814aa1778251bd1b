import type { OasDocument, Operation } from '../../model/document.ts';
import { linkedSources, linkingOperations, linksFrom, sourceIn } from '../../openapi/links/sources.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';

/** An item that links of a creation lead to: its path, and where the values of that stand. */
export interface LinkedItem {
  readonly path: string;
  readonly name: string;
  readonly take: Readonly<Record<string, readonly string[]>>;
  /** Only a 201 says that it was made. */
  readonly created?: true;
}

/**
 * The item that an operation makes by what the links of its 201 say; for one whose own path has no items below it. After any
 * other success the links may lead to what was there before: a login, a search.
 */
export function linkedItem(create: Operation): LinkedItem | undefined {
  for (const { link, next } of linksFrom(create, true)) {
    const names = parametersIn(next.path);
    const name = names.at(-1);
    if (name === undefined || !next.path.endsWith(`{${name}}`)) continue;
    const sources = names.map((each) => [each, sourceIn(link, each)] as const);
    if (sources.some(([, source]) => source === undefined)) continue;
    // What the request has in its own path is a value that the case has already.
    const kept = new Map(sources.map(([each, source = '']) => [each, /^\$request\.path\.(.+)$/.exec(source)?.[1]]));
    if (kept.get(name) !== undefined) continue;
    return {
      path: next.path.replace(/\{([^{}]+)\}/g, (whole, each: string) => {
        const own = kept.get(each);
        return own === undefined ? whole : `{${own}}`;
      }),
      name,
      created: true,
      take: Object.fromEntries(
        sources.filter(([each]) => kept.get(each) === undefined).map(([each, source = '']) => [each, [source]]),
      ),
    };
  }
  return undefined;
}

/** A POST anywhere whose 201 has a link that says which value of it names such an item. */
export function linkedCreator(document: OasDocument, item: string): Operation | undefined {
  return linkingOperations(document).find((operation) => linkedSources(operation, item, true).length > 0);
}
