/**
 * Returns the hostname that covers exactly the names that two hostnames share (exact, `*.suffix`, `*`); undefined if
 * they share none.
 */
export function intersection(one: string, other: string): string | undefined {
  if (one === other || other === '*') return one;
  if (one === '*') return other;
  if (one.startsWith('*.')) return other.endsWith(one.slice(1)) ? other : narrower(other, one);
  return narrower(other, one);
}

/** Returns the hostnames at which a Route holds at a listener: the intersections of both lists, each once. */
export function sharedHostnames(
  listener: readonly string[],
  route: readonly string[] | undefined,
): readonly string[] {
  if (route === undefined) return listener;
  const known = new Set(listener);
  const shared = route.flatMap((hostname) =>
    hostname.startsWith('*.') || hostname === '*'
      ? listener.flatMap((own) => intersection(own, hostname) ?? [])
      : covering(hostname).some((pattern) => known.has(pattern))
        ? [hostname]
        : [],
  );
  return [...new Set(shared)];
}

/** Orders hostnames: exact ones, then the longest `*.`, then `*`; alphabetically among equals. */
export function bySpecificity(one: string, other: string): number {
  const difference = rank(other) - rank(one);
  if (difference !== 0) return difference;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Returns every hostname that covers this exact name. */
function covering(name: string): readonly string[] {
  const labels = name.split('.');
  return [name, '*', ...labels.slice(1).map((_label, index) => `*.${labels.slice(index + 1).join('.')}`)];
}

function narrower(pattern: string, other: string): string | undefined {
  return pattern.startsWith('*.') && other.endsWith(pattern.slice(1)) ? other : undefined;
}

function rank(hostname: string): number {
  if (hostname === '*') return 0;
  return hostname.startsWith('*.') ? hostname.length : 1000;
}
