/** What came over one connection since the last request on it: the bytes, when, and how it ended. */
export interface ByteLog {
  /** The first bytes, up to the cap. */
  bytes(): Buffer;
  readonly size: number;
  readonly truncated: boolean;
  /** `performance.now()` of the last byte. */
  readonly lastByteAt: number | undefined;
  /** The server closed its side. */
  readonly ended: boolean;
}

interface WritableByteLog extends ByteLog {
  add(chunk: Buffer): void;
  end(): void;
  rewind(): void;
}

/** A tape that keeps at most `cap` bytes, whatever comes. */
export function newByteLog(cap: number): WritableByteLog {
  let kept: Buffer[] = [];
  let keptSize = 0;
  let size = 0;
  let lastByteAt: number | undefined;
  let ended = false;
  return {
    bytes() {
      const joined = kept.length === 1 ? kept[0] : Buffer.concat(kept);
      kept = joined === undefined ? [] : [joined];
      return joined ?? Buffer.alloc(0);
    },
    get size() {
      return size;
    },
    get truncated() {
      return size > keptSize;
    },
    get lastByteAt() {
      return lastByteAt;
    },
    get ended() {
      return ended;
    },
    add(chunk) {
      size += chunk.length;
      lastByteAt = performance.now();
      const part = chunk.subarray(0, cap - keptSize);
      if (part.length === 0) return;
      kept.push(part);
      keptSize += part.length;
    },
    end() {
      ended = true;
    },
    rewind() {
      kept = [];
      keptSize = 0;
      size = 0;
      lastByteAt = undefined;
    },
  };
}
