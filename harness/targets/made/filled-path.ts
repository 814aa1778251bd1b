/** The path of a plan as it is sent, for people to read. */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{([A-Za-z_][\w-]*)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
  });
}
