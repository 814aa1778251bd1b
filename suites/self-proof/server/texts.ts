/** What the names in a text of a fault stand for. */
export type Names = Readonly<Record<string, string>>;

/** Fills in `{key}`, `{id}`, `{length+5}` and the like; what has no such name stays. */
export function filled(text: string, names: Names): string {
  return text.replace(/\{([a-z]+)(?:([+-])(\d+))?\}/g, (whole, name: string, sign?: string, digits?: string) => {
    const value = names[name];
    if (value === undefined) return whole;
    return sign === undefined ? value : String(Number(value) + Number(`${sign}${digits ?? ''}`));
  });
}
