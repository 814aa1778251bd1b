/** A range of API versions, such as `>=2025-10 <2026-07`: all of its comparisons must hold. */
type ApiRange = readonly { readonly operator: Operator; readonly version: string }[];
type Operator = '>=' | '>' | '<=' | '<' | '=';

const comparison = /^(>=|>|<=|<|=)?(\d{4}-\d{2}(?:\.[a-z]+)?)$/;

/** Reads a range; undefined where the text is none. */
function parseApiRange(text: string): ApiRange | undefined {
  const parts = text.trim().split(/\s+/);
  const range = parts.flatMap((part) => {
    const [, operator = '=', version] = comparison.exec(part) ?? [];
    return version === undefined ? [] : [{ operator: operator as Operator, version }];
  });
  return range.length === parts.length ? range : undefined;
}

/** Whether a text is a range of API versions. */
export function isApiRange(text: string): boolean {
  return parseApiRange(text) !== undefined;
}

/** Whether a version is in a range; undefined where the version is none of the API, such as `1.0.0`. */
export function inApiRange(version: string, range: string): boolean | undefined {
  if (!comparison.test(version) || /^[<>=]/.test(version)) return undefined;
  return parseApiRange(range)?.every((each) => holds(compare(version, each.version), each.operator));
}

function holds(order: number, operator: Operator): boolean {
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
    default:
      return operator satisfies never;
  }
}

/** By date; `2026-01.alpha` comes before `2026-01`. */
function compare(a: string, b: string): number {
  const [key, other] = [a, b].map((version) => (version.includes('.') ? version : `${version}.~`));
  if (key === undefined || other === undefined || key === other) return 0;
  return key < other ? -1 : 1;
}
