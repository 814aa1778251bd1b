import picocolors from 'picocolors';

export type Paint = (text: string) => string;

/** The few colours that reports use. Every one of them only repeats what a word says already. */
export interface Colours {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly faint: Paint;
  readonly strong: Paint;
}

/** Colours, or functions that change nothing. Whether to colour is the caller's to know: a terminal, `NO_COLOR`. */
export function coloursFor(colour: boolean): Colours {
  const { green, red, yellow, dim, bold } = picocolors.createColors(colour);
  return { good: green, bad: red, warn: yellow, faint: dim, strong: bold };
}
