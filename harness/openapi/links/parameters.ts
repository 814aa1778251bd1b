import type { Operation, Parameter } from '../../model/document.ts';

/** The parameter that a key of a link names: `id`, or `path.id` where several have that name. */
export function linkedParameter(
  { parameters }: Pick<Operation, 'parameters'>,
  key: string,
): Parameter | { readonly problem: string } {
  const named = parameters.filter(({ name }) => name === key);
  const [first, second] = named;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    const places = named.map((parameter) => `${parameter.in}.${key}`).join(' and ');
    return { problem: `is the name of several parameters: ${places}` };
  }
  const [, place, name] = /^(path|query|header|cookie)\.(.*)$/s.exec(key) ?? [];
  const qualified = parameters.find((parameter) => parameter.in === place && parameter.name === name);
  return qualified ?? { problem: 'is no parameter of it' };
}
