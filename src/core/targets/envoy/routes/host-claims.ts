import type { Fields } from '../typed-config.ts';
import type { HostRoutes } from './virtual-host.ts';

/**
 * Routes for a host that apply to the callers of `guard`, or to all callers without one; claims after such a claim have
 * no effect.
 */
export interface Claim {
  /** Identifies the claim: claims with the same key have the same routes. */
  readonly key: string;
  readonly guarded: boolean;
  readonly routes: () => HostRoutes;
}

/** The claims for each host. Domains with the same claims become one virtual host. */
export class HostClaims {
  readonly #domains = new Map<string, Claim[]>();

  /** Adds a claim behind the claims of a domain; has no effect if one of them is for all callers. */
  add(domain: string, claim: Claim): void {
    const claims = this.#domains.get(domain);
    if (claims === undefined) this.#domains.set(domain, [claim]);
    else if (claims.at(-1)?.guarded === true) claims.push(claim);
  }

  /** Adds a claim behind the guarded claims of every domain that has no claim for all callers. */
  addBehind(claim: Claim): void {
    for (const claims of this.#domains.values()) if (claims.at(-1)?.guarded === true) claims.push(claim);
  }

  has(domain: string): boolean {
    return this.#domains.has(domain);
  }

  /** Returns groups of domains, in the order in which their first domains were added. */
  groups(): readonly {
    readonly name: string;
    readonly domains: readonly string[];
    readonly claims: readonly Claim[];
  }[] {
    const groups = new Map<string, { name: string; domains: string[]; claims: readonly Claim[] }>();
    for (const [domain, claims] of this.#domains) {
      const name = claims.map(({ key }) => key).join(' ');
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { name, domains: [domain], claims });
      else group.domains.push(domain);
    }
    return [...groups.values()];
  }
}

/** An empty list of routes. */
export const noRoutes: HostRoutes = { routes: [], limits: [] };

/** Returns one route for all requests that `guard` accepts. */
export function catchAll(name: string, guard: Fields, action: Fields): HostRoutes {
  return { routes: [{ name, match: { prefix: '/', ...guard }, ...action }], limits: [] };
}

/**
 * Returns the routes of a guarded claim and, behind them, 404 for the callers of the guard: other claims must not
 * answer them.
 */
export function closedBy(guard: Fields, { routes, limits }: HostRoutes): HostRoutes {
  const end = catchAll('no rule', guard, { direct_response: { status: 404 } });
  return { routes: [...routes, ...end.routes], limits };
}
