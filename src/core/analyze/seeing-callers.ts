import type { External } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import { type Principal, type PrincipalMatch, spiffeId } from '../ir/principal.ts';
import type { Service } from '../ir/service.ts';
import { takesPrincipal } from '../semantics/principal.ts';

/** The most callers of one owner that are returned; a search for a witness tries fewer. */
const most = 100;

/** A caller: its place among all services, its SPIFFE ID, its namespace. */
interface Caller {
  readonly place: number;
  readonly identity: string;
  readonly namespace: string;
}

/**
 * An index of callers by the services and Externals that they may call: a service is exposed to the caller and is among
 * its declared calls, if it declares any. Each query looks at few services.
 */
export class SeeingCallers {
  /** Callers with declared calls, by the service or External that they declare. */
  readonly #declaring = new Map<string, Caller[]>();
  readonly #others = new FirstCallers();
  readonly #othersByNamespace = new Map<string, FirstCallers>();
  readonly #othersByAccount = new Map<string, FirstCallers>();

  constructor(ir: Ir) {
    for (const [place, { namespace, calls, workload }] of Object.values(ir.services).entries()) {
      const { principal } = workload;
      const caller = { place, namespace, identity: spiffeId(principal) };
      if (calls === undefined) {
        this.#others.add(caller);
        firstOf(this.#othersByNamespace, namespace).add(caller);
        firstOf(this.#othersByAccount, caller.identity).add(caller);
        firstOf(this.#othersByAccount, namespaceOf(principal)).add(caller);
        continue;
      }
      for (const id of new Set(calls.map(({ service }) => service))) {
        const list = this.#declaring.get(id);
        if (list === undefined) this.#declaring.set(id, [caller]);
        else list.push(caller);
      }
    }
  }

  /** Returns the SPIFFE IDs of the first callers in the order of the mesh, 100 at most; the owner itself comes last. */
  of(owner: Service | External): readonly string[] {
    const declaring = (this.#declaring.get(owner.id) ?? []).filter((caller) => isShownTo(owner, caller));
    const callers = [...declaring, ...this.#othersFor(owner)].sort((a, b) => a.place - b.place);
    const some = [...new Set(callers.map(({ identity }) => identity))].slice(0, most);
    const own = 'workload' in owner ? spiffeId(owner.workload.principal) : undefined;
    return [...some.filter((identity) => identity !== own), ...some.filter((identity) => identity === own)];
  }

  /** Returns the first callers without declared calls to which the owner is exposed. */
  #othersFor(owner: Service | External): readonly Caller[] {
    const all = this.#others.callers();
    if ('exposeTo' in owner)
      return owner.exposeTo === 'all'
        ? all
        : owner.exposeTo.flatMap((namespace) => this.#othersByNamespace.get(namespace)?.callers() ?? []);
    if (owner.from === undefined) return all;
    return owner.from.flatMap((match) => {
      const key = keyOf(match);
      return key === undefined ? all : (this.#othersByAccount.get(key)?.callers() ?? []);
    });
  }
}

/** Collects the first callers with distinct identities, up to the limit for one owner. */
class FirstCallers {
  readonly #byIdentity = new Map<string, Caller>();

  add(caller: Caller): void {
    if (this.#byIdentity.size < most && !this.#byIdentity.has(caller.identity))
      this.#byIdentity.set(caller.identity, caller);
  }

  callers(): readonly Caller[] {
    return [...this.#byIdentity.values()];
  }
}

function firstOf(map: Map<string, FirstCallers>, key: string): FirstCallers {
  let first = map.get(key);
  if (first === undefined) {
    first = new FirstCallers();
    map.set(key, first);
  }
  return first;
}

function isShownTo(owner: Service | External, { namespace, identity }: Caller): boolean {
  if ('exposeTo' in owner) return owner.exposeTo === 'all' || owner.exposeTo.includes(namespace);
  return owner.from === undefined || owner.from.some((match) => takesPrincipal(match, identity));
}

/** Returns the key of the callers that a match takes; undefined if it takes every caller with an identity. */
function keyOf(match: PrincipalMatch): string | undefined {
  if (match.type === 'spiffe') return match.id;
  return match.type === 'namespace' ? namespaceOf(match) : undefined;
}

/** Returns the beginning of the SPIFFE IDs of a namespace. */
function namespaceOf({ trustDomain, namespace }: Pick<Principal, 'trustDomain' | 'namespace'>): string {
  return `spiffe://${trustDomain}/ns/${namespace}/`;
}
