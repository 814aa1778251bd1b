/** Why no request can be sent to a path; undefined where one can. Some documents tell operations of one path apart by a fragment. */
export function unsendable(path: string): string | undefined {
  return path.includes('#')
    ? `no request has a fragment (RFC 9110, section 7.1), and the path has one: ${path}; write it without into the document`
    : undefined;
}
