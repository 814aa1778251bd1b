const userInfo = /\b([a-z][a-z0-9+.-]{0,20}:\/{1,3})[^\s/?#@"'<>]{1,500}@/gi;

/** A text in which no URL has a user name or password any more. */
export function withoutUserInfo(text: string): string {
  return text.includes('@') ? text.replace(userInfo, '$1…@') : text;
}

/** Parts of the names of query parameters whose values let somebody in, such as `token` or `X-Amz-Signature`. */
const telling = /token|secret|passw|signature|^sig$|key|credential|auth|session/i;

/** A URL as it may be written down: without user name and password, and without the secrets of its query. */
export function shownUrl(url: string): string {
  const [before, query] = splitOnce(url, '?');
  if (query === undefined) return withoutUserInfo(url);
  const parts = query.split('&').map((part) => {
    const [name, value] = splitOnce(part, '=');
    return value === undefined || value === '' || !telling.test(name) ? part : `${name}=…`;
  });
  return `${withoutUserInfo(before)}?${parts.join('&')}`;
}

function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
