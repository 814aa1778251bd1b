import type { Reply } from '../server/script.ts';

type BaseForm = 'final-slash' | 'path-prefix' | 'prefix-and-slash' | 'bare-host';

/** How the client of a case is made and used. */
export interface ClientUse {
  /** How the base URL is written; the bare origin where absent. */
  readonly base?: BaseForm;
  /** Headers that the user adds. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a process that is started for this case alone. `{base}` and `{other}` stand for the origins, `{key}` for the key. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The same client makes the call once more; this is the answer. */
  readonly again?: Reply;
  /** Another client, with a key of its own, calls at the same time for another value. */
  readonly beside?: { readonly value: string; readonly reply: Reply };
  readonly cancelAfterMs?: number;
}

const prefix = '/gateway/control';

/** The path of the base URL, without a slash at its end. */
export function basePath(form: BaseForm | undefined): string {
  return form === 'path-prefix' || form === 'prefix-and-slash' ? prefix : '';
}

/** The base URL as the client is given it. */
export function baseUrl(form: BaseForm | undefined, origin: string): string {
  switch (form) {
    case undefined:
      return origin;
    case 'final-slash':
      return `${origin}/`;
    case 'path-prefix':
      return `${origin}${prefix}`;
    case 'prefix-and-slash':
      return `${origin}${prefix}/`;
    case 'bare-host':
      return new URL(origin).host;
    default:
      return form satisfies never;
  }
}
