/** Why a value is no book, or undefined where it is one. */
export function bookProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'A book is an object.';
  const { title, genre, pages } = value;
  if (!isText(title, 1, 200)) return 'title must be a text of 1 to 200 characters.';
  if (!['novel', 'poetry', 'science'].includes(String(genre)) || typeof genre !== 'string')
    return 'There is no such genre.';
  return pages === undefined || pages === null || isWhole(pages, 1)
    ? undefined
    : 'pages must be a whole number from 1.';
}

export function copyProblem(value: unknown): string | undefined {
  const isCopy = isObject(value) && typeof value['shelf'] === 'string' && /^[A-Z][0-9]{1,3}$/.test(value['shelf']);
  return isCopy ? undefined : 'shelf must be a letter and a number.';
}

export function memberProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'A member is an object.';
  const { handle, email, ...others } = value;
  if (!isText(handle, 2, 40) || !/^[a-z0-9-]+$/.test(handle)) return 'handle must be of a-z, 0-9 and -.';
  if (!isText(email, 3, 200) || !/^[^@\s]+@[^@\s]+\.[a-z]+$/i.test(email)) return 'email must be an address.';
  return Object.keys(others).length === 0 ? undefined : 'A member has a handle and an email only.';
}

export function settingsProblem(value: unknown): string | undefined {
  return isObject(value) && isWhole(value['loanDays'], 1) && Number(value['loanDays']) <= 90
    ? undefined
    : 'loanDays must be a whole number from 1 to 90.';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, least: number, most: number): value is string {
  return typeof value === 'string' && value.length >= least && value.length <= most;
}

function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
