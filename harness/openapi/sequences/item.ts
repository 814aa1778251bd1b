/** One item; of an event, the fields that it has. */
export type Item =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'event'; readonly fields: Readonly<Record<string, string | number>> };

/** Reads a body as it comes. */
export interface ItemReader {
  push(text: string): void;
  /** The items that are whole by now, in their order. */
  readonly whole: readonly Item[];
  /** No more comes: what stands after the last whole item, as if it were one; undefined where nothing does. */
  end(): Item | undefined;
  /** There are lines, and none of them means anything in this format. */
  readonly meaningless: boolean;
}
