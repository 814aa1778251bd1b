/** A runtime expression of OpenAPI: a part of a request, or of the response that it got. */
export type RuntimeExpression =
  | { readonly kind: 'url' | 'method' | 'statusCode' }
  | { readonly kind: 'header' | 'query' | 'path'; readonly of: 'request' | 'response'; readonly name: string }
  /** `pointer`: a JSON pointer into the body, the whole of which is meant where it is absent or empty. */
  | { readonly kind: 'body'; readonly of: 'request' | 'response'; readonly pointer?: string };

/** Why a text is no runtime expression. */
interface Malformed {
  readonly problem: string;
}

const alone: Readonly<Record<string, RuntimeExpression>> = {
  $url: { kind: 'url' },
  $method: { kind: 'method' },
  $statusCode: { kind: 'statusCode' },
};

// The ABNF of the OpenAPI specification (4.7.20.4 in 3.0.4, 4.8.20.4 in 3.1.1).
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const name = /^(?:[\x20\x21\x23-\x5B\x5D-\u{10FFFF}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*$/u;
const pointer = /^(?:\/(?:[^/~]|~[01])*)*$/u;

/** Reads one expression, which is the whole of a text. */
export function parseExpression(text: string): RuntimeExpression | Malformed {
  if (Object.hasOwn(alone, text)) return alone[text] ?? { problem: '' };
  const [, of, source] = /^\$(request|response)\.(.*)$/s.exec(text) ?? [];
  if ((of !== 'request' && of !== 'response') || source === undefined) {
    return { problem: 'an expression is $url, $method, $statusCode, or begins with $request. or $response.' };
  }
  const [, kind, rest] = /^(header|query|path)\.(.*)$/s.exec(source) ?? [];
  if (rest !== undefined && (kind === 'header' || kind === 'query' || kind === 'path')) {
    if (!(kind === 'header' ? token : name).test(rest)) {
      const what = kind === 'header' ? 'the name of a header' : `the name of a parameter`;
      return { problem: `${JSON.stringify(rest)} is not ${what}` };
    }
    return { kind, of, name: kind === 'header' ? rest : unescaped(rest) };
  }
  if (source === 'body') return { kind: 'body', of };
  const [, path] = /^body#(.*)$/s.exec(source) ?? [];
  if (path === undefined)
    return { problem: `after $${of}. stands header.NAME, query.NAME, path.NAME, body or body#/POINTER` };
  if (!pointer.test(path)) return { problem: `${JSON.stringify(path)} is not a JSON pointer, such as /id` };
  return { kind: 'body', of, pointer: path };
}

/** Names are written with the escapes of JSON. */
function unescaped(text: string): string {
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

/** A part of a text: as it stands, or an expression whose value stands in its place. */
type TemplatePart = string | { readonly text: string; readonly expression: RuntimeExpression };

/** A text as a link writes it: one expression, a text with expressions in `{}`, or a constant. */
type LinkText =
  | { readonly kind: 'expression'; readonly text: string; readonly expression: RuntimeExpression }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'malformed'; readonly text: string; readonly problem: string };

export function parseLinkText(text: string): LinkText {
  // `$5.00` is a constant.
  if (/^\$[A-Za-z]/.test(text)) {
    const expression = parseExpression(text);
    return 'problem' in expression
      ? { kind: 'malformed', text, ...expression }
      : { kind: 'expression', text, expression };
  }
  const parts: TemplatePart[] = [];
  let end = 0;
  for (let start = text.indexOf('{$'); start >= 0; start = text.indexOf('{$', end)) {
    const close = text.indexOf('}', start);
    if (close < 0) return { kind: 'malformed', text: text.slice(start), problem: 'its { is not closed' };
    const own = text.slice(start + 1, close);
    const expression = parseExpression(own);
    if ('problem' in expression) return { kind: 'malformed', text: own, ...expression };
    parts.push(text.slice(end, start), { text: own, expression });
    end = close + 1;
  }
  return { kind: 'template', parts: [...parts, text.slice(end)].filter((part) => part !== '') };
}
