import { hostname, userInfo } from 'node:os';

/** Returns the user of this process as `user@host`. */
export function actor(): string {
  return `${user()}@${hostname()}`;
}

/** Returns the name of the user, or its number: in a container a user may have no name. */
function user(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
