/**
 * Returns the value of the first parameter of this name, as sent and not decoded; a name without `=` has the value ''.
 */
export function queryValue(query: string | undefined, name: string): string | undefined {
  for (const parameter of query === undefined ? [] : query.split('&')) {
    const equals = parameter.indexOf('=');
    const key = equals === -1 ? parameter : parameter.slice(0, equals);
    if (key === name) return equals === -1 ? '' : parameter.slice(equals + 1);
  }
  return undefined;
}
