/** The key of the second client of a case. It begins with the key, so that it is masked and searched for with it. */
export function secondKeyOf(key: string): string {
  return `${key}-second`;
}
