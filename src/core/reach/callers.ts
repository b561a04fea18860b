import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { ServiceId } from '../ir/service-id.ts';
import type { Caller } from '../semantics/request.ts';

/** Callers that no rule of a destination tells apart, with one of them. */
export interface CallerClass {
  readonly from: Caller;
  /** Words for people: `shop/web`, `every other service of ops`. */
  readonly name: string;
  /** True if the caller has a proxy in both meshes or in none, so that its routes can be compared. */
  readonly isComparable: boolean;
  /** True if a proxy of the mesh routes its calls, before or after. */
  readonly hasProxy: boolean;
}

/** The members of a class: services, the other services of a namespace or of the mesh, or callers that are no service. */
export type Members =
  | { readonly type: 'services'; readonly ids: readonly ServiceId[] }
  /** Without `namespace` the services of all namespaces that no other class has. */
  | { readonly type: 'others'; readonly namespace?: string }
  /** With `id` one account. */
  | { readonly type: 'outside'; readonly id?: string };

/** A class with its members as data. */
export interface ListedClass extends CallerClass {
  readonly members: Members;
}

/** The clients of a gateway that asks for no certificate. */
export const anyClient: ListedClass = {
  from: { type: 'anonymous' },
  members: { type: 'outside' },
  name: 'any client',
  isComparable: true,
  hasProxy: false,
};

/** The callers of two meshes; a mesh compared with itself has one. */
export class Callers {
  private readonly accounts = new Map<string, Account>();
  private readonly byNamespace = new Map<string, string[]>();
  /** Number of the combinations of before and after that occur. */
  private readonly presences: number;
  private readonly domains: readonly string[];
  private readonly trustDomains: readonly string[];

  constructor(before: Ir, after: Ir) {
    this.trustDomains = [...new Set([before.trustDomain, after.trustDomain])];
    this.domains = [
      ...new Set(
        [before, after].flatMap((ir) => [
          ir.trustDomain,
          ...ir.certificates.federation.map(({ trustDomain }) => trustDomain),
        ]),
      ),
    ];
    [before, after].forEach((ir, index) => {
      for (const [id, service] of Object.entries(ir.services)) {
        const account = spiffeId(service.workload.principal);
        const known = this.accounts.get(account);
        if (known !== undefined) {
          known.present[index] = true;
          if (!known.services.includes(id)) known.services.push(id);
          continue;
        }
        this.accounts.set(account, { services: [id], present: [index === 0, index === 1] });
        const { trustDomain, namespace } = service.workload.principal;
        const key = `${trustDomain}/${namespace}`;
        const same = this.byNamespace.get(key);
        if (same === undefined) this.byNamespace.set(key, [account]);
        else same.push(account);
      }
    });
    this.presences = new Set([...this.accounts.values()].map(({ present }) => present.join())).size;
  }

  /** Returns the accounts that a service has only before or only after. */
  comingOrGoing(): readonly string[] {
    return [...this.accounts].flatMap(([id, { present }]) => (present[0] === present[1] ? [] : [id]));
  }

  /** Returns the classes of callers that rules with these principals and namespaces can tell apart. */
  classes(mentioned: Mentioned): readonly ListedClass[] {
    const all = [...mentioned.namespaces].flatMap((one) =>
      one.includes('/') ? [one] : this.trustDomains.map((domain) => `${domain}/${one}`),
    );
    const namespaces = [...new Set(all)].sort();
    return [...this.services(mentioned.ids, namespaces), ...this.workloads(mentioned.ids, namespaces)];
  }

  private services(ids: ReadonlySet<string>, namespaces: readonly string[]): readonly ListedClass[] {
    const named = [...ids].sort().flatMap((id) => {
      const account = this.accounts.get(id);
      return account === undefined ? [] : [this.classOf(id)];
    });
    const inNamespaces = namespaces.flatMap((namespace) => {
      const others = (this.byNamespace.get(namespace) ?? []).filter((id) => !ids.has(id));
      const name = namespace.slice(namespace.indexOf('/') + 1);
      return this.onePerPresence(others, `every other service of ${name}`, { namespace: name });
    });
    const rest = this.outside(new Set(namespaces), ids);
    return [...named, ...inNamespaces, ...this.onePerPresence(rest, 'every other service', {})];
  }

  /** Yields the accounts of other namespaces that are not among these ids. */
  private *outside(namespaces: ReadonlySet<string>, ids: ReadonlySet<string>): Generator<string> {
    for (const [namespace, accounts] of this.byNamespace)
      if (!namespaces.has(namespace)) yield* accounts.filter((id) => !ids.has(id));
  }

  private onePerPresence(
    accounts: Iterable<string>,
    name: string,
    place: { readonly namespace?: string },
  ): readonly ListedClass[] {
    const found = new Map<string, string>();
    let count = 0;
    for (const id of accounts) {
      count += 1;
      const key = this.accounts.get(id)?.present.join() ?? '';
      if (!found.has(key)) found.set(key, id);
      if (count > 1 && found.size === this.presences) break;
    }
    return [...found.values()].map((id) =>
      count === 1 ? this.classOf(id) : this.classOf(id, { name, members: { type: 'others', ...place } }),
    );
  }

  /** Returns the class of an account: its services alone, unless it stands for others. */
  private classOf(id: string, others?: Pick<ListedClass, 'name' | 'members'>): ListedClass {
    const { present: [before = false, after = false] = [], services: ids = [] } = this.accounts.get(id) ?? {};
    return {
      from: { type: 'spiffe', id },
      ...(others ?? { name: ids.join(', '), members: { type: 'services', ids } }),
      isComparable: before === after,
      hasProxy: true,
    };
  }

  private workloads(ids: ReadonlySet<string>, namespaces: readonly string[]): readonly ListedClass[] {
    const outside = (id: string, name: string, isOne = false): ListedClass => ({
      from: { type: 'spiffe', id },
      name,
      members: { type: 'outside', ...(isOne && { id }) },
      isComparable: true,
      hasProxy: false,
    });
    const named = [...ids]
      .sort()
      .filter((id) => !this.accounts.has(id))
      .map((id) => outside(id, id, true));
    const inNamespaces = namespaces.map((one) => {
      const slash = one.indexOf('/');
      const [domain, namespace] = [one.slice(0, slash), one.slice(slash + 1)];
      const id = this.fresh(`spiffe://${domain}/ns/${namespace}/sa/other`, ids);
      return outside(id, `other accounts of ${namespace}`);
    });
    const namespace = fresh('other-ns', (name) => namespaces.some((one) => one.endsWith(`/${name}`)));
    const accountIn = (domain: string): string =>
      this.fresh(`spiffe://${domain}/ns/${namespace}/sa/other`, ids);
    const inDomains = this.domains.map((domain) => outside(accountIn(domain), `other accounts of ${domain}`));
    const otherDomain = fresh('other-domain.invalid', (name) => this.domains.includes(name));
    return [
      ...named,
      ...inNamespaces,
      ...inDomains,
      outside(accountIn(otherDomain), 'accounts of other trust domains'),
      { ...anyClient, name: 'callers without identity' },
    ];
  }

  private fresh(id: string, ids: ReadonlySet<string>): string {
    return ids.has(id) || this.accounts.has(id) ? this.fresh(`${id}-x`, ids) : id;
  }
}

/** Returns the name, made longer until it isn't taken. */
function fresh(name: string, isTaken: (name: string) => boolean): string {
  return isTaken(name) ? fresh(`x-${name}`, isTaken) : name;
}

interface Account {
  readonly services: string[];
  /** True if a service has the account before and after. */
  readonly present: boolean[];
}

/** SPIFFE IDs and namespaces (`<trust domain>/<namespace>`, or alone) that rules name. */
export interface Mentioned {
  readonly ids: Set<string>;
  readonly namespaces: Set<string>;
}

/** Collects the callers that any rule inside a part of the mesh names. */
export function mention(part: unknown, into: Mentioned): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const one of part) mention(one, into);
    return;
  }
  const fields = part as Readonly<Record<string, unknown>>;
  if (fields['type'] === 'spiffe' && typeof fields['id'] === 'string') into.ids.add(fields['id']);
  else if (fields['type'] === 'namespace' && typeof fields['namespace'] === 'string')
    into.namespaces.add(`${String(fields['trustDomain'])}/${fields['namespace']}`);
  else if ('exposeTo' in fields && Array.isArray(fields['exposeTo']))
    for (const one of fields['exposeTo'] as readonly string[]) into.namespaces.add(one);
  for (const key in fields) if (key !== 'origin' && key !== 'origins') mention(fields[key], into);
}
