import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';

/** The calls that services declare, by their destinations and callers. */
export class DeclaredCallsIndex {
  private readonly ir: Ir;
  private readonly accounts = new Map<ServiceId, Set<string>>();
  private readonly callers = new Map<ServiceId, Set<ServiceId>>();
  private readonly perNamespace = new Map<string, number>();
  private all = 0;

  constructor(ir: Ir) {
    this.ir = ir;
    for (const { id, namespace, calls, workload } of Object.values(ir.services)) {
      if (calls === undefined) continue;
      this.all += 1;
      this.perNamespace.set(namespace, (this.perNamespace.get(namespace) ?? 0) + 1);
      for (const { service } of calls) {
        into(this.accounts, service, spiffeId(workload.principal));
        into(this.callers, service, id);
      }
    }
  }

  /** Returns the SPIFFE IDs of the services that declare calls to a destination. */
  accountsCalling(to: ServiceId): Iterable<string> {
    return this.accounts.get(to) ?? [];
  }

  /** Returns true if a service declares its calls. */
  declares(id: ServiceId): boolean {
    return own(this.ir.services, id)?.calls !== undefined;
  }

  /**
   * Returns true if some service declares its calls, none of them to this destination, among all services (of a
   * namespace) but those excepted; `ns/*` excepts a namespace.
   */
  someDontCall(to: ServiceId, namespace: string | undefined, except: readonly string[]): boolean {
    const folded = new Set(except.flatMap((one) => (one.endsWith('/*') ? [one.slice(0, -2)] : [])));
    const isInside = (id: string): boolean => {
      const of = id.slice(0, id.indexOf('/'));
      return (namespace === undefined || namespace === of) && !folded.has(of);
    };
    const left = new Set([...except, ...(this.callers.get(to) ?? []), to]);
    const leftOut = [...left].filter((id) => isInside(id) && this.declares(id)).length;
    const whole = namespace === undefined ? this.all : (this.perNamespace.get(namespace) ?? 0);
    const inFolded = [...folded].reduce((sum, one) => sum + (this.perNamespace.get(one) ?? 0), 0);
    return whole - (namespace === undefined ? inFolded : 0) - leftOut > 0;
  }
}

function into<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
