/** `application/json; v=1` → `application-json-v-1`: the part of a case id that a name of the document becomes. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'unnamed' : plain;
}

/** Ids made unique in order: a repeated one gets the first of `-2`, `-3` … that nobody has. */
export function uniquely(): (id: string) => string {
  const taken = new Set<string>();
  return (id) => {
    let own = id;
    for (let n = 2; taken.has(own); n += 1) own = `${id}-${n}`;
    taken.add(own);
    return own;
  };
}
