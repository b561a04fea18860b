/** The methods of HTTP (RFC 9110, 9.1; PATCH from RFC 5789). Other methods are allowed, and case counts. */
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
