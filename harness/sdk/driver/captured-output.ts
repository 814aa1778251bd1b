import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { secretWatch } from '../../wire/secrets/secret-watch.ts';

export type OutputStream = 'standard output' | 'standard error';

/** What a program wrote. */
export interface Output {
  readonly stdout: string;
  /** The last 4 KiB. */
  readonly stderr: string;
  /** The streams on which a secret was written, also where it is not among the output that was kept. */
  readonly leaks: readonly OutputStream[];
}

interface CapturedOutput {
  /** The standard output so far. */
  readonly stdout: Buffer;
  /** The stream on which more was written than is read. */
  readonly flooded: OutputStream | undefined;
  /** Gives what was written, and begins anew. */
  take(): Output;
}

const streams: readonly OutputStream[] = ['standard output', 'standard error'];
const outputCap = 1024 * 1024;
const errorCap = 4 * outputCap;
const errorTail = 4096;

/** Reads both streams of a program, up to their limits, and searches all of it for every form of the secrets. */
export function captureOutput(
  child: ChildProcessWithoutNullStreams,
  secrets: readonly string[],
  changed: () => void,
): CapturedOutput {
  const watched = (): Readonly<Record<OutputStream, ReturnType<typeof secretWatch>>> => ({
    'standard output': secretWatch(secrets),
    'standard error': secretWatch(secrets),
  });
  let watches = watched();
  let out = Buffer.alloc(0);
  let err = Buffer.alloc(0);
  let errBytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    if (out.length >= outputCap) return;
    out = Buffer.concat([out, chunk]);
    watches['standard output'].add(chunk);
    changed();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (errBytes >= errorCap) return;
    errBytes += chunk.length;
    err = Buffer.concat([err, chunk]).subarray(-errorTail);
    watches['standard error'].add(chunk);
    changed();
  });
  return {
    get stdout() {
      return out;
    },
    get flooded() {
      if (out.length >= outputCap) return 'standard output';
      return errBytes >= errorCap ? 'standard error' : undefined;
    },
    take() {
      const taken: Output = {
        stdout: out.toString('utf8'),
        stderr: err.toString('utf8'),
        leaks: streams.filter((stream) => watches[stream].end()),
      };
      out = Buffer.alloc(0);
      err = Buffer.alloc(0);
      errBytes = 0;
      watches = watched();
      return taken;
    },
  };
}
