import { whyStopped, isSlow } from './pattern.ts';

/**
 * A text of at most `longest` characters for which the engine was stopped after a second, where one is found: a part of
 * the pattern, again and again, and then something that it does not expect. Only patterns whose work no bound is proved for
 * are tried, and those whose work doubles with each character are found.
 */
export function slowText(pattern: string, longest = 60): string | undefined {
  const most = Math.min(longest, 60) - 1;
  if (most < 1 || whyStopped(pattern) !== undefined) return undefined;
  for (const repeated of candidates(pattern)) {
    for (const last of endings) {
      const text = repeated.repeat(Math.floor(most / repeated.length)) + last;
      if (isSlow(pattern, text)) return text;
    }
  }
  return undefined;
}

/** What few patterns end with; a dot does not match a line feed. */
const endings = ['!', '\n', '\u00ff'];

/** Characters of common classes, and those that the pattern itself is written with, alone and in pairs. */
function candidates(pattern: string): readonly string[] {
  const own = [...new Set(pattern.match(/[\w@#%&,;:/ -]/g) ?? [])].slice(0, 12);
  const characters = [...new Set(['a', 'A', '0', ' ', '.', '-', '_', ...own])];
  return [...characters, ...characters.slice(0, 8).flatMap((one) => own.slice(0, 6).map((other) => one + other))];
}
