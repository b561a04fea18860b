import type { RequestJson } from './request-json.ts';

/** Returns a request in one line of words: method and path, caller and destination, and what else it carries. */
export function requestWords({
  from,
  to,
  gateway,
  method,
  path,
  query,
  host,
  headers = {},
  claims,
  sni,
}: RequestJson): string {
  const parts = [
    ...Object.entries(headers).map(
      ([name, value]) => `-H ${name}:${Array.isArray(value) ? value.join(',') : String(value)}`,
    ),
    ...(claims === undefined ? [] : [`token ${JSON.stringify(claims)}`]),
    ...(host === undefined ? [] : [`host ${host}`]),
    ...(sni === undefined ? [] : [`sni ${sni}`]),
  ];
  const caller = from.replace(/^spiffe:\/\/[^/]*\/ns\/([^/]*)\/sa\/([^/]*)$/, '$1/$2');
  return [
    `${method} ${path}${query === undefined ? '' : `?${query}`}`,
    `from ${caller} to ${to ?? gateway ?? ''}`,
    ...parts,
  ].join(' ');
}
