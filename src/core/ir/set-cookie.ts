import type { SessionCookie } from './route.ts';

/** Returns the value of the header `set-cookie` of a session cookie, which no script of a page may read (RFC 6265). */
export function setCookie({ name, value }: SessionCookie): string {
  return `${name}=${value}; Path=/; HttpOnly`;
}
