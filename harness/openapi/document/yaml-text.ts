import type { SpecPlace } from '../../model/document.ts';

/** A YAML or JSON file of ours that a person may have to open at the right line. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  placeOf(pointer: string): SpecPlace;
}

/** Parsed text whose every pointer can be found again. */
export interface YamlText extends YamlFile {
  lines(): readonly string[];
  /**
   * Walks from the top as far as the text goes. `rest` is what it does not hold; `ref` is the `$ref` of the last
   * mapping reached, so that a caller who knows other files can go on there.
   */
  trace(parts: readonly string[]): {
    readonly rest: readonly string[];
    readonly ref?: string;
    /** The line of what was reached. Asked for seldom, and found only then. */
    readonly line: () => number;
    /** The scalar that was reached, as it is written: a number with all its digits. */
    readonly written: () => string | undefined;
  };
}
