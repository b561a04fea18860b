import type { AccessRule } from '../ir/access.ts';
import { readsRequests, type Service } from '../ir/service.ts';
import { type Callers, mention } from '../reach/callers.ts';
import { asSent } from '../reach/language/path-test.ts';
import type { SymbolicArrival } from '../reach/meaning/symbolic-arrival.ts';
import { noChanges } from '../semantics/answer.ts';

/** Returns true if a rule reads the host of a call, which isn't a variable of `arrivalsAt`. */
export function readsHost({ to = [], except = [] }: AccessRule): boolean {
  return [...to, ...except.flatMap((one) => one.to ?? [])].some(
    ({ hosts, headers = [] }) => hosts !== undefined || headers.some(({ name }) => name === 'host'),
  );
}

/** Returns calls of each caller that the rules of a service can tell apart, at each port. */
export function arrivalsAt(service: Service, callers: Callers): readonly SymbolicArrival[] {
  const mentioned = { ids: new Set<string>(), namespaces: new Set<string>() };
  mention(service.access, mentioned);
  const identities = new Set(
    callers.classes(mentioned).map(({ from }) => (from.type === 'spiffe' ? from.id : undefined)),
  );
  return service.ports.flatMap((port) =>
    [...identities].map((identity) => {
      const http = readsRequests(service, port);
      return {
        port: { name: port.name, number: port.number, http },
        scheme: 'http',
        host: '',
        sni: undefined,
        identity,
        hasAddress: false,
        path: http ? asSent : '',
        changes: noChanges,
        reserved: [],
        hasToken: true,
      };
    }),
  );
}
