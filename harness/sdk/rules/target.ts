/**
 * What is wrong with a raw request target as the place of one value, or undefined when it is right: the template's path
 * with exactly one segment that percent-decodes to the value. Languages encode differently (`'()!*~+:`), so no literal
 * spelling is asked for.
 */
export function targetIssue(target: string, template: string, value: string): string | undefined {
  const [prefix = '', suffix = ''] = template.split(/\{[^}]*\}/);
  const question = target.search(/[?#]/);
  const path = question < 0 ? target : target.slice(0, question);
  if (!path.startsWith(prefix) || !path.endsWith(suffix) || path.length < prefix.length + suffix.length) {
    return `the path is not ${template}: another resource is addressed`;
  }
  const segment = path.slice(prefix.length, path.length - suffix.length);
  if (segment.includes('/')) return 'the id became more than one path segment: another resource is addressed';
  if (segment === '') return 'there is no id in the path: the whole collection is addressed';
  const decoded = decode(segment);
  if (decoded === undefined) return 'the path segment is not valid percent-encoding of UTF-8';
  if (decoded === '.' || decoded === '..') return 'a dot segment: the next HTTP stack on the way removes it';
  if (decoded !== value) return `the path segment decodes to ${JSON.stringify(shorten(decoded))}, which is another id`;
  return undefined;
}

/** Whether the id can stand in a path at all: an empty or dot segment cannot, in any spelling. */
export function hasPathSpelling(value: string): boolean {
  return value !== '' && value !== '.' && value !== '..';
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
