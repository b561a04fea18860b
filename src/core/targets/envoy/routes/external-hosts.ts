import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import { defaultPort } from '../../../semantics/port.ts';
import { callerCondition } from '../caller.ts';
import type { ClusterSet } from '../cluster-set.ts';
import type { Fields } from '../typed-config.ts';
import { onPort } from './dialled-port.ts';
import { requestPorts } from './domain-names.ts';
import { type Claim, catchAll, closedBy, type HostClaims, noRoutes } from './host-claims.ts';
import { type HostRoutes, hostRoutes } from './virtual-host.ts';

/**
 * Claims the hosts of Externals. For each caller, the most specific host decides among the Externals that it may call.
 * Behind an External with `from` there are therefore claims of other Externals with the same host, and then of wider
 * hosts. `undeclared` ones are claimed for no caller.
 */
export function claimExternals(
  ir: Ir,
  externals: readonly External[],
  undeclared: readonly External[],
  clusters: ClusterSet,
  claims: HostClaims,
): void {
  const byHost = new Map<string, External[]>();
  for (const external of [...externals, ...undeclared]) {
    for (const host of external.hosts) byHost.set(host, [...(byHost.get(host) ?? []), external]);
  }
  for (const host of byHost.keys()) {
    const chain = [host, ...widerThan(host, byHost)];
    const ports = new Set(
      chain
        .flatMap((pattern) => (byHost.get(pattern) ?? []).flatMap((owner) => requestPorts(owner.ports)))
        .map(({ number }) => number),
    );
    for (const asked of [undefined, ...ports]) {
      const domain = asked === undefined ? host : `${host}:${String(asked)}`;
      const owners = chain.flatMap((pattern) =>
        sameHost(byHost.get(pattern) ?? [], asked).map((owner) => ({ ...owner, pattern })),
      );
      for (const { external, port, pattern } of owners)
        claims.add(
          domain,
          undeclared.includes(external)
            ? forNobody(external)
            : externalClaim(ir, external, port, pattern, clusters),
        );
    }
  }
}

interface Owner {
  readonly external: External;
  /** Absent if the External has no such port: the answer is then 404. */
  readonly port: ExternalPort | undefined;
}

/** Returns the owners of one host: first those with the port, by id, then those without it. */
function sameHost(externals: readonly External[], asked: number | undefined): readonly Owner[] {
  const owners = externals.map((external) => ({
    external,
    port:
      asked === undefined
        ? defaultPort(external.ports)
        : requestPorts(external.ports).find(({ number }) => number === asked),
  }));
  return [
    ...owners.filter(({ port }) => port !== undefined),
    ...owners.filter(({ port }) => port === undefined),
  ];
}

function externalClaim(
  ir: Ir,
  external: External,
  port: ExternalPort | undefined,
  pattern: string,
  clusters: ClusterSet,
): Claim {
  const condition = external.from === undefined ? 'always' : callerCondition(external.from);
  const guard: Fields = typeof condition === 'string' ? {} : condition;
  const guarded = condition !== 'always';
  const key =
    port === undefined ? `${external.id} has no such port` : `${external.id}:${port.name} ${pattern}`;
  if (condition === 'never') return forNobody(external);
  if (port === undefined) {
    const nowhere = { direct_response: { status: 404 } };
    return { key, guarded, routes: () => catchAll(external.id, guard, nowhere) };
  }
  const routes = (): HostRoutes => {
    const own = hostRoutes(port.route, {
      ir,
      port: port.number,
      names: pattern.startsWith('*') ? [] : [pattern],
      scheme: 'http',
      caller: callerCondition,
      cluster: (backend) => clusters.name(backend, backend.service === external.id ? pattern : undefined),
      mark: (backend) => clusters.mark(backend),
      guard,
      admits: external.id,
    });
    return { ...own, routes: onPort(external, port, pattern, own.routes) };
  };
  return { key, guarded, routes: () => (guarded ? closedBy(guard, routes()) : routes()) };
}

/** Returns a claim that leaves the host to the claims behind it. */
function forNobody({ id }: External): Claim {
  return { key: `${id} for nobody`, guarded: true, routes: () => noRoutes };
}

/** Returns the known patterns that cover every name of `host`, the longest first. */
export function widerThan(host: string, known: ReadonlyMap<string, unknown>): readonly string[] {
  const labels = host.replace(/^\*\./, '').split('.');
  return labels
    .map((_label, index) => `*.${labels.slice(index + 1).join('.')}`)
    .filter((pattern) => pattern !== host && known.has(pattern));
}
