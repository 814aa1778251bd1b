import type { ReadingStopped, ReceivedResponse, WireRequest } from '../model/exchange.ts';
import { defaultLimits, partForItems } from '../wire/limits.ts';
import { itemLimit } from '../wire/read-items.ts';

/** The body of a response of fetch: all of it, but of a sequence that does not end as much as a run reads of it. */
export async function readFetched(
  response: Response,
  head: Pick<ReceivedResponse, 'status' | 'headers'>,
  itemsOf: WireRequest['itemsOf'],
): Promise<Pick<ReceivedResponse, 'body' | 'stopped'>> {
  let stop: (stopped: ReadingStopped) => void = () => undefined;
  const stopping = new Promise<ReadingStopped>((resolve) => (stop = resolve));
  const items = itemLimit(itemsOf, head, (stopped) => stop(stopped));
  if (items === undefined || response.body === null) return { body: new Uint8Array(await response.arrayBuffer()) };
  const { timeoutMs, maxBody } = defaultLimits;
  const clocks = [
    setTimeout(() => items.timeUp(), timeoutMs * partForItems),
    setTimeout(() => items.stopNow(), timeoutMs),
  ];
  const reader: ReadableStreamDefaultReader<Uint8Array> = (response.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let left = maxBody;
  try {
    for (;;) {
      const next = await Promise.race([stopping, reader.read()]);
      if ('items' in next) return { body: new Uint8Array(Buffer.concat(chunks)), stopped: next };
      if (next.done) return { body: new Uint8Array(Buffer.concat(chunks)) };
      const part = next.value.subarray(0, left);
      chunks.push(part);
      left -= part.length;
      items.push(part, part.length < next.value.length);
    }
  } finally {
    clocks.forEach(clearTimeout);
    void reader.cancel().catch(() => undefined);
  }
}
