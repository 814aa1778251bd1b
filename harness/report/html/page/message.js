import { el } from './dom.js';

/** @typedef {import('../../../model/record.ts').ExchangeRecord} ExchangeRecord */
/** @typedef {import('../../../model/verdict.ts').Finding} Finding */
/** @typedef {{ text: string, at?: string }} Line A line of a message; `at`: the pointer of the JSON value on it. */

/** @param {ExchangeRecord} exchange */
export function requestBlock({ request }) {
  const lines = [
    `${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...(request.body === undefined || request.body === '' ? [] : ['', request.body]),
  ];
  return el('div.message', {}, el('h4', {}, 'Request'), el('pre', { tabindex: 0 }, lines.join('\n')));
}

/**
 * The answer, with the lines that findings are about marked.
 * @param {ExchangeRecord} exchange
 * @param {readonly Finding[]} findings of this exchange
 */
export function responseBlock({ response, fault, notes, ms }, findings) {
  const pre = el('pre', { tabindex: 0 });
  if (response !== undefined) {
    const { status, reason, headers, httpVersion } = response;
    const about = (/** @type {(where: string) => boolean} */ test) => findings.filter(({ where }) => test(where));
    put(
      pre,
      `HTTP/${httpVersion} ${status} ${reason}`,
      about((where) => where === 'status'),
    );
    for (const [name, value] of headers)
      put(
        pre,
        `${name}: ${value}`,
        about((where) => headerOf(where) === name.toLowerCase()),
      );
    const names = new Set(headers.map(([name]) => name.toLowerCase()));
    for (const finding of findings) {
      const name = headerOf(finding.where);
      if (name !== undefined && !names.has(name)) put(pre, `${name}: is missing`, [finding], 'missing');
    }
    putBody(
      pre,
      response.body,
      response.bodyBytes,
      about((where) => /^body\b/.test(where)),
    );
  }
  const asides = [
    ...(response?.stopped === undefined ? [] : [response.stopped.message]),
    ...(fault === undefined ? [] : [`${fault.kind}: ${fault.message}`]),
    ...notes.map((note) => `${note.kind}: ${note.message}`),
  ];
  return el(
    'div.message',
    {},
    el('h4', {}, 'Answer', ms > 0 && el('span.faint', {}, ` in ${Math.round(ms * 10) / 10} ms`)),
    response === undefined ? el('p.faint', {}, 'No whole answer came.') : pre,
    ...asides.map((aside) => el('p.aside', {}, aside)),
  );
}

/** @param {string} where `header content-type` */
function headerOf(where) {
  return /^headers? (.+)$/i.exec(where)?.[1]?.toLowerCase();
}

/**
 * @param {HTMLElement} pre
 * @param {{ text: string } | { base64: string }} body
 * @param {number} size
 * @param {readonly Finding[]} findings
 */
function putBody(pre, body, size, findings) {
  if (size === 0) {
    put(pre, '\n(no body)', findings);
    return;
  }
  put(pre, '', []);
  if ('base64' in body) {
    put(pre, `(${size} bytes that are not UTF-8, in base64)\n${body.base64}`, findings);
    return;
  }
  const lines = jsonLines(body.text) ?? [{ text: body.text, at: '' }];
  const marks = new Map(findings.map((finding) => [finding, lineOf(lines, finding.where)]));
  for (const line of lines)
    put(
      pre,
      line.text,
      findings.filter((finding) => marks.get(finding) === line),
    );
}

/**
 * The line of the value that a finding points at, or of the nearest value around it.
 * @param {readonly Line[]} lines
 * @param {string} where `body /error/code`
 */
function lineOf(lines, where) {
  let pointer = /\/\S*/.exec(where)?.[0] ?? '';
  for (;;) {
    const line = lines.find(({ at }) => at === pointer);
    if (line !== undefined || pointer === '') return line ?? lines[0];
    pointer = pointer.slice(0, pointer.lastIndexOf('/'));
  }
}

/**
 * @param {HTMLElement} pre
 * @param {string} text
 * @param {readonly Finding[]} findings
 * @param {string} [kind]
 */
function put(pre, text, findings, kind = 'marked') {
  if (findings.length === 0) {
    pre.append(el('span.line', {}, `${text}\n`));
    return;
  }
  const advised = findings.every(({ severity }) => severity === 'advice') ? '.advised' : '';
  pre.append(
    el(
      `mark.line.${kind}${advised}`,
      {},
      text,
      el('span.note', {}, findings.map(({ expected }) => ` ← expected ${expected}`).join('')),
      '\n',
    ),
  );
}

/**
 * JSON laid out, each line with the pointer of its value; undefined where the text is not JSON.
 * @param {string} text
 * @returns {readonly Line[] | undefined}
 */
function jsonLines(text) {
  try {
    return linesOf(JSON.parse(text), '', '', '', '');
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @param {string} at
 * @param {string} indent
 * @param {string} before the key
 * @param {string} after the comma
 * @returns {Line[]}
 */
function linesOf(value, at, indent, before, after) {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [{ text: `${indent}${before}${JSON.stringify(value)}${after}`, at }];
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value);
  const inside = entries.flatMap(([key, child], place) => {
    const pointer = `${at}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    return linesOf(child, pointer, `${indent}  `, name, place < entries.length - 1 ? ',' : '');
  });
  return [{ text: `${indent}${before}${open}`, at }, ...inside, { text: `${indent}${close}${after}` }];
}
