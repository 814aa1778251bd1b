// Everything on the page is made here, from elements and text nodes. There is no innerHTML: what a server sent stays text.

/** @typedef {Node | string | null | undefined | false | readonly (Node | string | null | undefined | false)[]} Child */

/**
 * @param {string} selector `div.class`, `p`
 * @param {Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>} attributes
 * @param {Child[]} children
 * @returns {HTMLElement}
 */
export function el(selector, attributes = {}, ...children) {
  const [tag = 'div', ...classes] = selector.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) {
    if (child instanceof Node) element.append(child);
    else if (typeof child === 'string') element.append(shown(child));
  }
  return element;
}

/**
 * Text as it can be seen: characters that hide or turn text around are written out.
 * @param {string} text
 */
export function shown(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** A shape for each state; the colour is the stylesheet's. */
const shapes = new Map([
  ['pass', '✓'],
  ['proved', '✓'],
  ['fail', '✕'],
  ['violated', '✕'],
  ['error', '!'],
  ['unproved', '?'],
  ['skip', '–'],
  ['exempt', '–'],
  ['waived', '~'],
  ['hazard', '▲'],
]);

const words = new Map([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
]);

/** @param {string} state */
export function wordOf(state) {
  return words.get(state) ?? state;
}

/**
 * The shape of a state and its word, or other words.
 * @param {string} state
 * @param {string} [text]
 */
export function badge(state, text = wordOf(state)) {
  return el(
    'span.badge',
    { 'data-state': state },
    el('span.mark', { 'aria-hidden': 'true' }, shapes.get(state) ?? ''),
    el('span.word', {}, text),
  );
}

/**
 * A text with a button that copies it. Where the clipboard is out of reach, the text is selected instead.
 * @param {string} label
 * @param {string} text
 */
export function copied(label, text) {
  const code = el('code', {}, text);
  const button = el('button.copy', { type: 'button', 'aria-label': `Copy: ${label}`, click: copy }, 'Copy');
  return el('div.copied', {}, code, button);

  function copy() {
    const select = () => getSelection()?.selectAllChildren(code);
    if (!('clipboard' in navigator)) {
      select();
      return;
    }
    navigator.clipboard.writeText(text).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    }, select);
  }
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} iso */
export function instant(iso) {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}

/**
 * The name of a subject; a URL may break behind `//` and before its port.
 * @param {string} text
 */
export function breakable(text) {
  const parts = text.split(/(?<=\/\/)|(?=:\d+$)/);
  return parts.flatMap((part, place) => (place === 0 ? [part] : [el('wbr'), part]));
}
