import type { CaseRecord } from '../../model/record.ts';
import { findingWords } from '../../report/labels.ts';
import { startProgress } from '../../report/terminal/progress.ts';
import { notify } from '../shared/output.ts';

/** What people see while the gate runs. */
export interface SdkProgress {
  /** A case has ended. A failure that no waiver covers is said at once, one line a finding. */
  onCase(release: string, record: CaseRecord, isWaived?: (record: CaseRecord) => boolean): void;
  say(text: string): void;
  stop(): void;
}

/** `total`: how many cases there are in all releases together; `quiet`: only failures are said. */
export function startSdkProgress(total: number, quiet: boolean): SdkProgress {
  const stream = process.stderr;
  const progress = startProgress({
    stream,
    style: quiet ? 'none' : stream.isTTY ? 'live' : 'lines',
    now: () => performance.now(),
  });
  progress.event({ kind: 'selected', total });
  const tell = (text: string): void => {
    progress.stop();
    notify(text);
  };
  return {
    onCase: (release, record, isWaived) => {
      const status = isWaived?.(record) === true ? 'pass' : record.status;
      progress.event({ kind: 'verdict', id: `${release} ${record.id}`, status });
      if (status === 'fail' || status === 'error') for (const line of linesOf(release, record)) tell(line);
    },
    say: quiet ? () => undefined : tell,
    stop: () => progress.stop(),
  };
}

function linesOf(release: string, record: CaseRecord): readonly string[] {
  const found = record.findings.map(
    (finding) => `✗ ${release} ${record.id}: ${findingWords(finding)} It was: ${finding.actual}`,
  );
  const { error } = record;
  return error === undefined ? found : [...found, `! ${release} ${record.id}: ${error.code}: ${error.message}`];
}
