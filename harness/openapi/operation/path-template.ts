/** The names of the parameters of a path, in their order. */
export function parametersIn(path: string): readonly string[] {
  return path.match(/(?<=\{)[^{}]+(?=\})/g) ?? [];
}

/** A path with nameless parameters. */
export function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** A path up to a parameter, which is the end of it. */
export function upTo(path: string, parameter: string): string {
  return path.slice(0, path.indexOf(`{${parameter}}`) + parameter.length + 2);
}
