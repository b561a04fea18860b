/** Returns the text that an RE2 pattern of characters alone matches (`/a\.b` is `/a.b`); undefined for any other pattern. */
export function literalOfPattern(pattern: string): string | undefined {
  if (!/^(?:[^\\^$.*+?()[\]{}|]|\\[^\w\s])*$/s.test(pattern)) return undefined;
  return pattern.replaceAll(/\\(.)/gs, '$1');
}
