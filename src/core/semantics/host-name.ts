/** The parts of a `Host` header: the name in lower case and the port as written, if any. */
export interface HostName {
  readonly name: string;
  readonly port: string | undefined;
}

/**
 * Splits `name`, `name:port`, `[::1]:port`. The text after the colon may be empty (RFC 3986, 3.2.3) and need not be a
 * number: a rule on the name must apply in any case.
 */
export function hostName(host: string): HostName {
  const colon = host.lastIndexOf(':');
  const port = host.slice(colon + 1);
  const name = host.slice(0, colon);
  const split = colon > 0 && !port.includes(']') && (!name.includes(':') || name.endsWith(']'));
  return split ? { name: lowerCase(name), port } : { name: lowerCase(host), port: undefined };
}

/** Returns a host without one dot at the end of its name, also before a port: DNS treats both as the same name. */
export function withoutFinalDot(host: string): string {
  return host.replace(/\.(?=$|:[^.]*$)/, '');
}

/**
 * Returns true if a host still ends with a dot after one was dropped: the next proxy would drop the second one, too.
 */
export function endsWithDot(host: string): boolean {
  return withoutFinalDot(host) !== host;
}

/**
 * Returns true if a name in lower case fits a hostname of the spec (`*`, `*.suffix` for one or more labels, or exact).
 */
export function hostnameTakes(hostname: string, name: string): boolean {
  if (hostname === '*') return true;
  if (!hostname.startsWith('*.')) return hostname === name;
  const suffix = hostname.slice(1);
  return name.length > suffix.length && name.endsWith(suffix) && !name.startsWith('.');
}

/** Returns the most specific hostname that the name fits: exact, then the longest `*.`, then `*`. */
export function mostSpecific(hostnames: readonly string[], name: string): string | undefined {
  const taking = hostnames.filter((hostname) => hostnameTakes(hostname, name));
  return taking.includes(name) ? name : taking.reduce<string | undefined>(longer, undefined);
}

function longer(best: string | undefined, hostname: string): string {
  return best === undefined || hostname.length > best.length ? hostname : best;
}

/** Returns the name with ASCII letters in lower case: DNS ignores case only for these (RFC 4343). */
function lowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
