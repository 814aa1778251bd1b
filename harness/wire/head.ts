import type { HeaderPair, WireNote } from '../model/exchange.ts';

/** A status line and its header lines, read leniently; what is wrong with them goes to `notes`. */
export interface Head {
  readonly status: number;
  readonly reason: string;
  readonly httpVersion: string;
  readonly headers: readonly HeaderPair[];
  readonly notes: readonly WireNote[];
  /** The offset of the first byte after the head. */
  readonly end: number;
}

/** Reads the head that begins at `from`; undefined when it is no head, or not whole yet. */
export function readHead(bytes: Buffer, from: number): Head | undefined {
  const start = afterBlankLines(bytes, from);
  const block = headLines(bytes, start);
  const [first, ...others] = block?.lines ?? [];
  const status = /^HTTP\/(\d(?:\.\d)?) +(\d{3})(?: (.*)|\s*)$/s.exec(first ?? '');
  if (block === undefined || first === undefined || status === null) return undefined;
  const notes = statusLineNotes(first);
  if (start > from) notes.push({ kind: 'bad-status-line', message: 'an empty line stands before the status line' });
  const { headers, notes: headerNotes } = readHeaderLines(others);
  notes.push(...headerNotes);
  if (block.bareLineFeed) notes.push(badHeader('a line of the head ends in LF alone; it must end in CRLF'));
  return {
    status: Number(status[2]),
    reason: (status[3] ?? '').trim(),
    httpVersion: status[1] ?? '',
    headers,
    notes,
    end: block.end,
  };
}

/** Header lines that stand elsewhere than in a head. */
export function readHeaderLines(lines: readonly string[]): Pick<Head, 'headers' | 'notes'> {
  const headers: HeaderPair[] = [];
  const notes: WireNote[] = [];
  for (const line of lines) readHeaderLine(line, headers, notes);
  return { headers, notes };
}

/** The values of all headers of that name, in order. */
export function valuesOf(headers: readonly HeaderPair[], name: string): readonly string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
}

/** Header pairs as undici gives them: it leaves a tab at the end of a value, which is no part of it. */
export function headerPairs(raw: readonly Buffer[]): readonly HeaderPair[] {
  const headers: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    headers.push([raw[at]?.toString('latin1') ?? '', withoutBlanks(raw[at + 1]?.toString('latin1') ?? '')]);
  }
  return headers;
}

/** Clients skip empty lines before a status line, though none may be there. */
function afterBlankLines(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++;
  return at;
}

/** The lines up to the empty one; undefined when the empty one has not come. */
function headLines(
  bytes: Buffer,
  from: number,
): { readonly lines: readonly string[]; readonly bareLineFeed: boolean; readonly end: number } | undefined {
  const lines: string[] = [];
  let bareLineFeed = false;
  for (let at = from; ;) {
    const feed = bytes.indexOf(0x0a, at);
    if (feed < 0) return undefined;
    const bare = feed === at || bytes[feed - 1] !== 0x0d;
    bareLineFeed ||= bare;
    const line = bytes.toString('latin1', at, bare ? feed : feed - 1);
    at = feed + 1;
    if (line === '') return { lines, bareLineFeed, end: at };
    lines.push(line);
  }
}

function statusLineNotes(line: string): WireNote[] {
  const notes: WireNote[] = [];
  const bad = (message: string): number => notes.push({ kind: 'bad-status-line', message });
  if (!/^HTTP\/\d\.\d \d{3} /.test(line)) {
    bad(`the status line ${quoted(line)} is not "HTTP/1.1", one space, three digits, one space, reason`);
  }
  if (!/^HTTP\/1\.\d /.test(line)) bad(`the status line ${quoted(line)} names another version than HTTP/1`);
  if (!/^HTTP\/\S+ +[1-5]/.test(line)) bad(`the status line ${quoted(line)} has a status outside 100 to 599`);
  if (hasControl(line)) bad(`the status line ${quoted(line)} has a control byte in it`);
  return notes;
}

/** RFC 9112 section 5: `name:value`, no space before the colon, no folding, no control bytes. */
function readHeaderLine(line: string, headers: HeaderPair[], notes: WireNote[]): void {
  if (line.startsWith(' ') || line.startsWith('\t')) {
    notes.push(badHeader(`the header line ${quoted(line)} is folded onto the line before it`));
    const folded = headers.pop();
    if (folded !== undefined) headers.push([folded[0], `${folded[1]} ${line.trim()}`]);
    return;
  }
  const colon = line.indexOf(':');
  if (colon < 0) {
    notes.push(badHeader(`the header line ${quoted(line)} has no colon`));
    return;
  }
  const name = line.slice(0, colon);
  const value = withoutBlanks(line.slice(colon + 1));
  if (/[ \t]$/.test(name)) notes.push(badHeader(`the header line ${quoted(line)} has a space before the colon`));
  else if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    notes.push(badHeader(`the header line ${quoted(line)} has a name that is not a token`));
  }
  if (hasControl(value)) notes.push(badHeader(`the value of ${quoted(name)} has a control byte in it`));
  headers.push([name.trim(), value]);
}

/** Without the spaces and tabs around it; a pattern would take the square of their number. */
function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from++;
  while (to > from && isBlank(text[to - 1])) to--;
  return text.slice(from, to);
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t';
}

function badHeader(message: string): WireNote {
  return { kind: 'bad-header-line', message };
}

function hasControl(text: string): boolean {
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(text);
}

/** At most 60 characters, with control bytes made visible. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
