import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/document.ts';
import { cookieParts, headerText, pathPlaceholder, pathText, queryParts, type Style, styleOf } from './style.ts';

/** The table "Style Examples" of OpenAPI 3.0.4 and 3.1.1, with `color` as the name. */
const values: Readonly<Record<string, Json>> = {
  empty: '',
  string: 'blue',
  array: ['blue', 'black', 'brown'],
  object: { R: 100, G: 200, B: 150 },
};

const table: readonly (readonly [style: string, explode: boolean, value: string, written: string])[] = [
  ['matrix', false, 'empty', ';color'],
  ['matrix', false, 'string', ';color=blue'],
  ['matrix', false, 'array', ';color=blue,black,brown'],
  ['matrix', false, 'object', ';color=R,100,G,200,B,150'],
  ['matrix', true, 'empty', ';color'],
  ['matrix', true, 'string', ';color=blue'],
  ['matrix', true, 'array', ';color=blue;color=black;color=brown'],
  ['matrix', true, 'object', ';R=100;G=200;B=150'],
  ['label', false, 'empty', '.'],
  ['label', false, 'string', '.blue'],
  ['label', false, 'array', '.blue,black,brown'],
  ['label', false, 'object', '.R,100,G,200,B,150'],
  ['label', true, 'empty', '.'],
  ['label', true, 'string', '.blue'],
  ['label', true, 'array', '.blue.black.brown'],
  ['label', true, 'object', '.R=100.G=200.B=150'],
  ['simple', false, 'empty', ''],
  ['simple', false, 'string', 'blue'],
  ['simple', false, 'array', 'blue,black,brown'],
  ['simple', false, 'object', 'R,100,G,200,B,150'],
  ['simple', true, 'empty', ''],
  ['simple', true, 'string', 'blue'],
  ['simple', true, 'array', 'blue,black,brown'],
  ['simple', true, 'object', 'R=100,G=200,B=150'],
  ['form', false, 'empty', 'color='],
  ['form', false, 'string', 'color=blue'],
  ['form', false, 'array', 'color=blue,black,brown'],
  ['form', false, 'object', 'color=R,100,G,200,B,150'],
  ['form', true, 'empty', 'color='],
  ['form', true, 'string', 'color=blue'],
  ['form', true, 'array', 'color=blue&color=black&color=brown'],
  ['form', true, 'object', 'R=100&G=200&B=150'],
  ['spaceDelimited', false, 'array', 'color=blue%20black%20brown'],
  ['spaceDelimited', false, 'object', 'color=R%20100%20G%20200%20B%20150'],
  ['pipeDelimited', false, 'array', 'color=blue%7Cblack%7Cbrown'],
  ['pipeDelimited', false, 'object', 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ['deepObject', true, 'object', 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
];

const inPath = new Set(['matrix', 'label', 'simple']);

describe('the style examples of the OpenAPI specification', () => {
  it.each(table)('%s, explode %s, %s: %s', (style, explode, value, written) => {
    const how: Style = { style, explode, allowReserved: false };
    const given = values[value] ?? '';
    expect(inPath.has(style) ? pathText('color', given, how) : queryParts('color', given, how).join('&')).toBe(written);
  });
});

describe('a style', () => {
  it('is by default what OpenAPI says of the place', () => {
    expect(styleOf({ in: 'path' })).toEqual({ style: 'simple', explode: false, allowReserved: false });
    expect(styleOf({ in: 'query' })).toEqual({ style: 'form', explode: true, allowReserved: false });
    expect(styleOf({ in: 'header' })).toEqual({ style: 'simple', explode: false, allowReserved: false });
    expect(styleOf({ in: 'cookie' })).toEqual({ style: 'form', explode: true, allowReserved: false });
    expect(styleOf({ in: 'query', style: 'pipeDelimited' }).explode).toBe(false);
  });

  it('keeps separators that belong to a value apart from its own', () => {
    const form = styleOf({ in: 'query', explode: false });
    expect(queryParts('q', ['a,b', 'c&d'], form)).toEqual(['q=a%2Cb,c%26d']);
    expect(pathText('q', ['a/b', 'c'], styleOf({ in: 'path' }))).toBe('a%2Fb,c');
  });

  it('leaves reserved characters as they are where that is allowed, but for those that would end the value', () => {
    const reserved = styleOf({ in: 'query', allowReserved: true });
    expect(queryParts('q', "a:/?@!$'()*,;=b", reserved)).toEqual(["q=a:/?@!$'()*,;=b"]);
    expect(queryParts('q', 'a b&c#d+e[f]%20', reserved)).toEqual(['q=a%20b%26c%23d%2Be%5Bf%5D%20']);
    expect(queryParts('q', 'a:b', styleOf({ in: 'query' }))).toEqual(['q=a%3Ab']);
  });

  it('writes headers without percent-encoding, and cookies as a form', () => {
    expect(headerText({ R: 100, G: 'a b' }, styleOf({ in: 'header', explode: true }))).toBe('R=100,G=a b');
    expect(headerText([1, true], styleOf({ in: 'header' }))).toBe('1,true');
    expect(cookieParts('c', [1, 2], styleOf({ in: 'cookie', explode: false }))).toEqual(['c=1,2']);
  });

  it('keeps the place of a value in the path that is known later', () => {
    expect(pathPlaceholder('id', styleOf({ in: 'path' }))).toBe('{id}');
    expect(pathPlaceholder('id', styleOf({ in: 'path', style: 'label' }))).toBe('.{id}');
    expect(pathPlaceholder('id', styleOf({ in: 'path', style: 'matrix' }))).toBe(';id={id}');
  });
});
