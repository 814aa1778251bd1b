import { below, partsOf } from './pointer.ts';
import type { YamlText } from './yaml-text.ts';

/** Parsed text as its readers give it: places are found by walking to what a pointer names. */
export function tracedText({
  file,
  value,
  text,
  trace,
}: Pick<YamlText, 'file' | 'value' | 'trace'> & { readonly text: string }): YamlText {
  return {
    file,
    value,
    trace,
    lines: () => text.split(/\r?\n/),
    placeOf: (pointer) => {
      const parts = partsOf(pointer);
      const { line, rest } = trace(parts);
      return { file, line: line(), pointer: below('', ...parts.slice(0, parts.length - rest.length)) };
    },
  };
}
