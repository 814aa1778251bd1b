/**
 * Whether a value can be no part of a path: servers and proxies read `/orders/..` as `/`, and `/orders/` as the collection,
 * however it is escaped, and half of a surrogate pair cannot be written at all.
 */
export function isNoPathValue(value: string): boolean {
  return value === '' || value === '.' || value === '..' || /\p{Surrogate}/u.test(value);
}
