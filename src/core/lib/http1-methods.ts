import { standardMethods } from './standard-methods.ts';

/**
 * The methods that parsers of HTTP/1.1 in proxies know: those of HTTP, of WebDAV (RFC 4918 and its extensions), and a few of
 * caches, and QUERY (which needs a content-type). Proxies answer 400 to all others, before any rule is asked. HTTP/2 passes
 * every method on.
 */
export const http1Methods: ReadonlySet<string> = new Set([
  ...standardMethods,
  ...['ACL', 'BIND', 'CHECKOUT', 'COPY', 'LINK', 'LOCK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL'],
  ...['MOVE', 'NOTIFY', 'PROPFIND', 'PROPPATCH', 'PURGE', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE'],
  ...['SUBSCRIBE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'],
]);
