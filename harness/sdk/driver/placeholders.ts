import { HarnessError } from '../../core/errors.ts';

/** Put values where `{name}` stands. Only the names given are known; an unknown one is a mistake in sdk.yaml. */
export function filled(text: string, values: Readonly<Record<string, string>>, where: string): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new HarnessError('E_DATA', `${where} uses {${name}}, which is not known here.`, {
      hint: `Known are ${Object.keys(values)
        .map((one) => `{${one}}`)
        .join(', ')}.`,
    });
  });
}
