import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { External } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import { itemsOf, locationOf, type SpecPlace } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2235: {
    severity: 'warning',
    text: '{host} is a name of Service {service}, which comes first',
    explanation:
      'A Service is called by `name`, `name.namespace` and `name.namespace.svc.cluster.local`; where an External has the same host, calls inside the mesh go to the Service.',
  },
  MESH2236: {
    severity: 'error',
    text: '{host}:{port} belongs to External {other} already',
    explanation:
      'A call to a host and port has to mean one thing. Two Externals may share a host when their ports, or their callers (`from`), are different.',
  },
});

/** Reports hosts that belong to two documents. */
export const externalHosts: Analyzer = {
  name: 'external-hosts',
  description: 'Reports hosts of Externals that are names of Services, or that two Externals claim.',
  messages,
  analyze({ spec, ir }, report) {
    const claims = new Map<string, Claim[]>();
    for (const { namespace, name, value } of spec.externals) {
      const external = ir.externals[`${namespace}/${name}`];
      if (external === undefined) continue;
      for (const [host, at] of itemsOf(value.spec.hosts)) {
        const service = serviceNamed(ir, host);
        if (service !== undefined) report(finding(messages, 'MESH2235', locationOf(at), { host, service }));
        claim(claims, { external, host, at }, report);
      }
    }
  },
};

interface Claim {
  readonly external: External;
  readonly host: string;
  readonly at: SpecPlace;
}

function claim(claims: Map<string, Claim[]>, mine: Claim, report: Report): void {
  for (const { number, http } of mine.external.ports) {
    // Calls without HTTP go to an address and name no host.
    if (!http) continue;
    const key = `${mine.host}:${String(number)}`;
    const earlier = claims.get(key) ?? [];
    claims.set(key, [...earlier, mine]);
    const other = earlier.find(
      ({ external }) => external !== mine.external && shareCallers(external, mine.external),
    );
    if (other === undefined) continue;
    const values = { host: mine.host, port: number, other: other.external.id };
    const related = [{ location: locationOf(other.at), message: `claimed by ${other.external.id}` }];
    report(finding(messages, 'MESH2236', locationOf(mine.at), values, { related }));
  }
}

/** Returns true if some caller may call both Externals. */
function shareCallers({ from: one }: External, { from: other }: External): boolean {
  if (one === undefined || other === undefined) return true;
  const accounts = (list: typeof one): readonly string[] | undefined => {
    const ids = list.flatMap((match) => (match.type === 'spiffe' ? [match.id] : []));
    return ids.length === list.length ? ids : undefined;
  };
  const [first, second] = [accounts(one), accounts(other)];
  return first === undefined || second === undefined || first.some((id) => second.includes(id));
}

function serviceNamed(ir: Ir, host: string): string | undefined {
  const [name = '', namespace, ...domain] = host.split('.');
  if (namespace === undefined || (domain.length > 0 && domain.join('.') !== 'svc.cluster.local'))
    return undefined;
  const id = `${namespace}/${name}`;
  return ir.services[id] === undefined ? undefined : id;
}
