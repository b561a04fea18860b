import { defineMessages, finding } from '../../diagnostics/message.ts';
import { spiffeId } from '../../ir/principal.ts';
import { escapeControl } from '../../lib/escape-control.ts';
import { formatOrigin, originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';
import { SeeingCallers } from '../seeing-callers.ts';
import { type Witness, unmatchedRequest as witnessOf } from '../witness.ts';

const messages = defineMessages({
  MESH2245: {
    severity: 'warning',
    text: 'no rule of this Route matches {request}, which gets 404',
    explanation:
      'In a Route a request that no rule matches gets 404. Add a last rule without `match` to let all other requests pass.',
  },
  MESH2246: {
    severity: 'warning',
    text: 'no rule of this Route matches a connection from {caller} to the port {port}, which is closed',
    explanation:
      'In a Route a connection that no rule matches is closed. Add a last rule without `match` to let all other connections pass.',
  },
});

/** Reports Routes inside the mesh with requests that no rule matches. */
export const unmatchedRequest: Analyzer = {
  name: 'unmatched-request',
  description: 'Reports Routes inside the mesh that have no rule for some request, with that request.',
  messages,
  analyze({ spec, ir }, report) {
    const documents = new Map(spec.routes.map((route) => [formatOrigin(originOf(route.location)), route]));
    const callers = new Map(
      Object.values(ir.services).map(({ id, workload }) => [spiffeId(workload.principal), id] as const),
    );
    const seeing = new SeeingCallers(ir);
    for (const owner of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
      for (const port of owner.ports) {
        const document = documents.get(formatOrigin(port.route.origin));
        if (port.route.implicit || document === undefined || !isWhole(document, port.route.rules.length))
          continue;
        const witness = tried(() => witnessOf(port.route, port, seeing.of(owner)));
        if (witness === undefined) continue;
        const caller = callers.get(witness.identity) ?? witness.identity;
        if (port.http) {
          const request = `${witness.method} ${escapeControl(witness.path)}${carried(witness)} from ${caller} to ${owner.id}:${String(port.number)}`;
          report(finding(messages, 'MESH2245', document.location, { request }));
        } else report(finding(messages, 'MESH2246', document.location, { caller, port: port.name }));
      }
    }
  },
};

function carried({ headers, query }: Witness): string {
  const parts = [
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...query.map(({ name, value }) => `?${name}=${value}`),
  ];
  return parts.length === 0 ? '' : ` with ${escapeControl(parts.join(', '))}`;
}

/** Returns true if all rules of a Route were linked. A missing rule would leave its requests unmatched. */
function isWhole(document: SpecObject<RouteDocument>, linked: number): boolean {
  const { rules } = document.value.spec;
  return (
    rules.length === linked ||
    rules.some(({ match }) => match?.some(({ port }) => port !== undefined) === true)
  );
}

/** Returns undefined if RE2 rejects a pattern, which another check reports. */
function tried(look: () => Witness | undefined): Witness | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
