import type { Backend, Forward, SessionCookie } from '../../../ir/route.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { sha256 } from '../../../lib/sha256.ts';
import { consulProtocol, type Lowering, type NamedPort } from '../context.ts';
import { emptySubset } from '../empty-subset.ts';
import { label } from '../names.ts';

/** The destination of a share of the requests of a rule, in Consul's names. */
export interface Share {
  readonly service: string;
  readonly serviceSubset?: string;
  readonly session?: SessionCookie;
  /** Hundredths of a percent; the shares of a rule add up to 10,000. */
  readonly hundredths: number;
}

/** The shares of a rule; never empty. */
export interface Shares {
  readonly shares: readonly Share[];
  /** True if Consul's shares are not those of the rule: Consul counts in steps of 0.01 %. */
  readonly rounded: boolean;
  /** True if Consul can't send to a backend; its share gets 503. */
  readonly unreachable: boolean;
}

/** Returns the destinations of a rule. A rule without weights sends to a subset without instances. */
export function sharesOf({ backends }: Forward, own: NamedPort, lowering: Lowering): Shares {
  const nobody = { service: own.name, serviceSubset: emptySubset(own.service) };
  const weights = new Map<string, { readonly to: Omit<Share, 'hundredths'>; readonly weight: number }>();
  let unreachable = false;
  for (const backend of backends.filter(({ weight }) => weight > 0)) {
    const found = destinationOf(backend, own, lowering);
    unreachable ||= found === undefined;
    const to = found ?? nobody;
    const key = canonicalJson({ ...to });
    weights.set(key, { to, weight: (weights.get(key)?.weight ?? 0) + backend.weight });
  }
  const all = [...weights.values()];
  if (all.length === 0) return { shares: [{ ...nobody, hundredths: 10_000 }], rounded: false, unreachable };
  const { parts, rounded } = hundredths(all.map(({ weight }) => weight));
  return {
    shares: all.map(({ to }, index) => ({ ...to, hundredths: parts[index] ?? 0 })),
    rounded,
    unreachable,
  };
}

function destinationOf(
  { service, version, port, session }: Backend,
  own: NamedPort,
  { ir, names }: Lowering,
): Omit<Share, 'hundredths'> | undefined {
  const target = ir.services[service]?.ports.find(({ name }) => name === port);
  const name = names.ofPort(service, port);
  // Consul refuses a router whose services don't all have one protocol.
  if (target === undefined || name === undefined || consulProtocol(target) !== consulProtocol(own.port))
    return undefined;
  return {
    service: name,
    ...(version !== undefined && { serviceSubset: version }),
    ...(session !== undefined && { session }),
  };
}

/**
 * Returns whole hundredths of a percent in the proportion of weights above zero, which add up to exactly 10,000. A weight
 * above zero keeps at least one; the largest remainders get what rounding leaves.
 */
export function hundredths(weights: readonly number[]): {
  readonly parts: readonly number[];
  readonly rounded: boolean;
} {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (weight / sum) * 10_000);
  const parts = exact.map((part) => Math.max(1, Math.floor(part + 1e-9)));
  const order = exact
    .map((part, index) => ({ index, rest: part - (parts[index] ?? 0) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  let left = 10_000 - parts.reduce((all, part) => all + part, 0);
  for (let position = 0; left > 0; position += 1, left -= 1) {
    const { index = 0 } = order[position % order.length] ?? {};
    parts[index] = (parts[index] ?? 0) + 1;
  }
  for (; left < 0; left += 1) {
    const largest = parts.indexOf(Math.max(...parts));
    parts[largest] = (parts[largest] ?? 0) - 1;
  }
  const rounded = parts.some((part, index) => Math.abs(part - (exact[index] ?? 0)) > 1e-6);
  return { parts, rounded };
}

/**
 * Returns the name of a service without instances that only divides requests. The name depends on the division, so that
 * it never changes its meaning; a splitter with the name of a real service would also divide the calls that come from
 * other Routes.
 */
export function splitName({ name }: Pick<NamedPort, 'name'>, shares: readonly Share[]): string {
  return label(`${name}-split-${sha256(canonicalJson(shares.map((share) => ({ ...share })))).slice(0, 8)}`);
}
