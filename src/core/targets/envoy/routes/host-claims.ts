import type { Fields } from '../typed-config.ts';
import type { HostRoutes } from './virtual-host.ts';

/** Routes that answer for a host, for the callers that `guard` takes; without one for all, and nothing after it counts. */
export interface Claim {
  /** Tells claims apart: the same key has the same routes. */
  readonly key: string;
  readonly guarded: boolean;
  readonly routes: () => HostRoutes;
}

/** The answers for each host. Domains that the same claims answer for make one virtual host. */
export class HostClaims {
  readonly #domains = new Map<string, Claim[]>();

  /** Adds a claim behind the claims that a domain has; does nothing once one of them is for all callers. */
  add(domain: string, claim: Claim): void {
    const claims = this.#domains.get(domain);
    if (claims === undefined) this.#domains.set(domain, [claim]);
    else if (claims.at(-1)?.guarded === true) claims.push(claim);
  }

  /** Adds a claim behind the guarded ones of every domain that has no claim for all. */
  addBehind(claim: Claim): void {
    for (const claims of this.#domains.values()) if (claims.at(-1)?.guarded === true) claims.push(claim);
  }

  has(domain: string): boolean {
    return this.#domains.has(domain);
  }

  /** Groups of domains, in order of their first domain's arrival. */
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

/** Routes with nothing in them. */
export const noRoutes: HostRoutes = { routes: [], limits: [] };

/** One route for everything that `guard` takes. */
export function catchAll(name: string, guard: Fields, action: Fields): HostRoutes {
  return { routes: [{ name, match: { prefix: '/', ...guard }, ...action }], limits: [] };
}

/** Behind the routes of a guarded claim: whom the guard takes gets 404, and not what others answer. */
export function closedBy(guard: Fields, { routes, limits }: HostRoutes): HostRoutes {
  const end = catchAll('no rule', guard, { direct_response: { status: 404 } });
  return { routes: [...routes, ...end.routes], limits };
}
