import type { Ir } from '../ir/ir.ts';

/**
 * Returns a host for each set of names that hostnames tell apart: exact ones, one below each `*.`, and another one that
 * nothing in the meshes names.
 */
export function representatives(meshes: readonly Ir[], hostnames: readonly string[]): readonly string[] {
  return [...new Set([...named(hostnames), unnamedHost(meshes, hostnames)])];
}

/** Returns a host for each set of names that hostnames tell apart, and another one that none of them names. */
export function hostsOfEach(hostnames: readonly string[]): readonly string[] {
  return [...named(hostnames), unnamedHost([], hostnames)];
}

/** Returns exact names, and one below each `*.`. */
function named(hostnames: readonly string[]): readonly string[] {
  const exact = new Set(hostnames.filter((one) => !one.startsWith('*')));
  const below = hostnames
    .filter((one) => one.startsWith('*.'))
    .map((one) => freshHost((label) => exact.has(`${label}${one.slice(1)}`), 'any') + one.slice(1));
  return [...new Set([...exact, ...below])];
}

/** Returns a host that no service, External or hostname of the meshes names, in a domain of its own. */
export function unnamedHost(meshes: readonly Ir[], hostnames: readonly string[] = []): string {
  const own = new Set(hostnames.map(lastLabel));
  const isTaken = (domain: string): boolean =>
    own.has(domain) || meshes.some((ir) => namedDomains(ir).has(domain));
  return `other.${freshHost(isTaken, 'invalid')}`;
}

/** Returns the hostnames of all fields of this name inside a part of the mesh. */
export function hostnamesIn(part: unknown, name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) visit(one);
      return;
    }
    const fields = value as Readonly<Record<string, unknown>>;
    const own = fields[name];
    if (typeof own === 'string') found.add(own);
    else if (Array.isArray(own)) for (const one of own) if (typeof one === 'string') found.add(one);
    for (const key in fields) visit(fields[key]);
  };
  visit(part);
  return [...found];
}

function freshHost(isTaken: (label: string) => boolean, label: string): string {
  return isTaken(label) ? freshHost(isTaken, `${label}x`) : label;
}

function lastLabel(hostname: string): string {
  return hostname.slice(hostname.lastIndexOf('.') + 1);
}

const known = new WeakMap<Ir, ReadonlySet<string>>();

/** Returns the last labels of the names of services and of the hosts of Externals. */
function namedDomains(ir: Ir): ReadonlySet<string> {
  const cached = known.get(ir);
  if (cached !== undefined) return cached;
  const domains = new Set([
    ...Object.values(ir.services).map(({ namespace }) => namespace),
    ...Object.values(ir.externals).flatMap(({ hosts }) => hosts.map(lastLabel)),
  ]);
  known.set(ir, domains);
  return domains;
}
