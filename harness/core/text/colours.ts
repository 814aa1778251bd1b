import { styleText } from 'node:util';

export type Paint = (text: string) => string;

/** The few colours that reports use. Every one of them only repeats what a word says already. */
export interface Colours {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly faint: Paint;
  readonly strong: Paint;
}

/** Colours, or functions that change nothing. The caller decides whether to colour: from the terminal and `NO_COLOR`. */
export function coloursFor(colour: boolean): Colours {
  const painted =
    (style: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      colour ? styleText(style, text, { validateStream: false }) : text;
  return {
    good: painted('green'),
    bad: painted('red'),
    warn: painted('yellow'),
    faint: painted('dim'),
    strong: painted('bold'),
  };
}
