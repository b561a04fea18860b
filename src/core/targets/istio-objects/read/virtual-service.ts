import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import { isHidden, readExportTo } from './export-to.ts';
import { gatewayRoutes, type TakenHosts } from './gateway-routes.ts';
import { readHttpRule } from './http-rule.ts';
import { meshRoutes } from './mesh-routes.ts';
import type { ReadRule } from './read-rules.ts';
import { type NamedRoute, routeOfName } from './route-names.ts';
import { withJoinedRuns } from './rule-runs.ts';
import type { RuleSets } from './rule-sets.ts';
import { readStreamRule } from './stream-rule.ts';
import type { KnownGateway, Surroundings } from './surroundings.ts';

/**
 * Reads a VirtualService: a Route inside the mesh for each of its hosts, and Routes at the gateways that it names.
 * `routed` has the ports (`namespace/name protocol`) that earlier VirtualServices route.
 */
export function readVirtualService(
  document: NativeDocument,
  surroundings: Surroundings,
  routed: Set<string>,
  taken: TakenHosts,
): readonly NamedRoute[] {
  const { root } = document;
  const namespace = surroundings.context.namespaceOf(document);
  readHeader(document);
  const spec = root.at('spec');
  if (isHidden(spec)) return [];
  const namespaces = readExportTo(spec.at('exportTo'), namespace);
  const from = namespaces?.map((one): Principal => ({ namespace: one }));
  const sets = readRuleSets(spec, namespace, surroundings);
  const gateways = spec
    .at('gateways')
    .items()
    .map((field) => ({ field, name: field.text() ?? '' }));
  const hosts = spec
    .at('hosts')
    .items()
    .map((field) => ({ field, host: field.text() ?? '' }));
  const isInMesh = gateways.length === 0 || gateways.some(({ name }) => name === 'mesh');
  const known = knownGateways(gateways, namespace, namespaces, surroundings);
  const name = dnsLabel(document.name) ?? 'route';
  const inMesh = isInMesh
    ? hosts.flatMap(({ field, host }) =>
        meshRoutes(
          {
            field,
            host,
            name,
            namespace,
            sets,
            from,
            root,
            isOnly: hosts.length === 1,
            alsoAtGateways: known.length > 0,
          },
          surroundings,
          routed,
        ),
      )
    : [];
  return [...inMesh, ...gatewayRoutes({ name, namespace, sets, root, hosts, known }, surroundings, taken)];
}

/** Returns the Gateways that a VirtualService names and whose pods know it, each once. */
function knownGateways(
  names: readonly { readonly field: Field; readonly name: string }[],
  home: string,
  exportedTo: readonly string[] | undefined,
  surroundings: Surroundings,
): readonly KnownGateway[] {
  const known = names.flatMap(({ field, name }): readonly KnownGateway[] => {
    if (name === 'mesh' || name === '') return [];
    const gateway = surroundings.gateway(name, home);
    if (gateway === undefined) {
      field.lost({ callers: 'this Gateway is not among the input, so nothing enters by it' });
      return [];
    }
    if (exportedTo === undefined || exportedTo.includes(gateway.namespace)) return [gateway];
    field.differently({
      callers: `the pods of this Gateway are in ${gateway.namespace}, which the VirtualService is not exported to: nothing enters by it`,
      access: 'narrower',
    });
    return [];
  });
  return [...new Set(known)];
}

function readRuleSets(spec: Field, namespace: string, surroundings: Surroundings): RuleSets {
  const stream = (protocol: 'tls' | 'tcp') =>
    spec
      .at(protocol)
      .items()
      .flatMap((rule) => readStreamRule(rule, protocol, namespace, surroundings));
  const http = spec
    .at('http')
    .items()
    .flatMap((rule) => {
      const name = rule.at('name').value;
      const route = routeOfName(name);
      return readHttpRule(rule, namespace, surroundings).map(
        (one): ReadRule => ({
          ...one,
          field: rule,
          ...(typeof name === 'string' && { native: name }),
          ...(route !== undefined && { route }),
        }),
      );
    });
  return { http: withJoinedRuns(http), tls: stream('tls'), tcp: stream('tcp') };
}
