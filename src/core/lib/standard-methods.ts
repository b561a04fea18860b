/** The methods of HTTP (RFC 9110, 9.1; PATCH is of RFC 5789); others are allowed, and case counts. */
export const standardMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
]);
