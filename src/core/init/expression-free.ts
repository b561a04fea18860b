/** Returns a folder as a YAML scalar that GitHub Actions doesn't read as an expression. */
export function expressionFree(prefix: string): string {
  const folder = prefix.replace(/\/$/, '');
  if (/^[A-Za-z0-9_][\w./-]*$/.test(folder)) return folder;
  return JSON.stringify(folder.replaceAll('${{', "${{ '${{' }}"));
}
