import { hostname, userInfo } from 'node:os';

/** Returns the user of this process as `user@host`. */
export function actor(): string {
  return `${user()}@${hostname()}`;
}

/** A process in a container may run as a user without a name. */
function user(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
