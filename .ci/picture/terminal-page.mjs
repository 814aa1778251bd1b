// The colours that reports use (harness/core/text/colours.ts), by the codes that switch them on.
const styles = {
  1: 'font-weight:bold',
  2: 'opacity:.62',
  31: 'color:#ff7b72',
  32: 'color:#56d364',
  33: 'color:#e3b341',
};
const text = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A page that looks like a terminal in which a command was run. */
export function terminalPage(command, output) {
  return `<!doctype html><meta charset="utf-8"><style>
main { width: max-content; padding: 20px 26px; background: #161b22; color: #e6edf3; font: 14px/1.4 'DejaVu Sans Mono', monospace; }
pre { margin: 0; font: inherit; }
</style><main><pre><span style="color:#56d364">$</span> <b>${command}</b>

${painted(output)}</pre></main>`;
}

/** Each code that sets a style opens a span, each that takes it back closes one. */
function painted(output) {
  return output
    .replace(/[&<>]/g, (one) => text[one])
    .replace(/\x1b\[(\d+)m/g, (all, code) => (code in styles ? `<span style="${styles[code]}">` : '</span>'))
    .replace(/\x1b\[[\d;?]*[A-Za-z]/g, '');
}
