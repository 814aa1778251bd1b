/**
 * Whether a request shows the key: in exactly one header of that name, byte for byte. A key in the query, in a
 * cookie or as a bearer token is no key.
 */
export function showsKey(rawHeaders: readonly string[], header: string, key: string): boolean {
  let seen = 0;
  let right = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== header.length || name.toLowerCase() !== header) continue;
    seen += 1;
    right = rawHeaders[at + 1] === key;
  }
  return seen === 1 && right;
}
