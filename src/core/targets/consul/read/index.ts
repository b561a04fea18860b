import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext, Reader, ReadMesh } from '../../../import/reader.ts';
import { absoluteId } from '../../../spec/absolute-id.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { dividers } from './dividers.ts';
import { entryAsObject, isEntry, readEntryHeader } from './entries.ts';
import { foreignKinds, readForeign } from './foreign.ts';
import { readGatewayRoute } from './gateway-routes.ts';
import { type RulesOf, readGateway, readIngressRoutes } from './gateways.ts';
import { opensAll, readIntentions } from './intentions.ts';
import { readMeshObject, readProxyDefaults } from './mesh.ts';
import { withPorts } from './port-names.ts';
import { readRoutes } from './routes.ts';
import { ServiceNames } from './services.ts';
import { readDefaults, readDivider, readResolver, usualProtocols } from './settings.ts';
import { readUpstreams } from './upstreams.ts';

const group = 'consul.hashicorp.com';

const kinds: readonly string[] = [
  'IngressGateway',
  'Mesh',
  'ProxyDefaults',
  'ServiceDefaults',
  'ServiceIntentions',
  'ServiceResolver',
  'ServiceRouter',
  'ServiceSplitter',
  ...foreignKinds,
];

/** Settings of Envoy that Consul leaves in force where no entry says anything. */
const defaults: MeshSpec['defaults'] = {
  timeout: '15s',
  loadBalancing: { algorithm: 'round-robin' },
};

/** Reads the objects of consul-k8s, and config entries as JSON or YAML. */
const reader: Reader = {
  usesKubernetes: true,
  takes: (document) => isObject(document) || isEntry(document),
  read(native, context) {
    const objects = native.filter(isObject);
    const entries = withoutTwins(native.filter(isEntry).map(entryAsObject), context);
    for (const document of objects) readHeader(document);
    for (const document of entries) readEntryHeader(document);
    const documents = [...objects, ...entries];
    const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
    const byName = (kind: string): ReadonlyMap<string, NativeDocument> =>
      new Map(of(kind).map((one) => [one.name, one]));
    const names = new ServiceNames(context, of('ServiceDefaults'), of('ProxyDefaults'));
    const [routers, splitters] = [byName('ServiceRouter'), byName('ServiceSplitter')];
    const divide = dividers(documents, names, context);
    const upstreams = readUpstreams(of('ServiceDefaults'), names, context);
    const settings = [
      ...usualProtocols(names),
      ...upstreams.documents,
      ...of('ServiceDefaults').flatMap((one) =>
        divide.has(one.name) ? readDivider(one) : readDefaults(one, names, context),
      ),
      ...of('ServiceResolver').flatMap((one) =>
        readResolver(one, names, context, !routers.has(one.name) && !splitters.has(one.name)),
      ),
    ];
    const routes = readRoutes({
      routers,
      splitters,
      resolvers: byName('ServiceResolver'),
      dividers: divide,
      names,
      context,
    });
    const entering = readEntrances(documents, names, rulesFor(routes), context);
    const isOpen = opensAll(of('ServiceIntentions'));
    const intentions = of('ServiceIntentions').map((one) => readIntentions(one, names, context, isOpen));
    for (const one of documents) if (foreignKinds.includes(one.kind)) readForeign(one);
    of('TrafficPermissions').forEach(losePermissions);
    for (const one of of('ProxyDefaults')) readProxyDefaults(one);
    if (!intentions.some(({ type }) => type === 'posture')) assumeClosed(documents, context);
    const closesEgress = of('Mesh').map(readMeshObject);
    const guarding = intentions.flatMap((one) => (one.type === 'documents' ? one.documents : []));
    return {
      documents: withPorts([...settings, ...routes, ...entering, ...guarding], names.ports, isOpen),
      mesh: {
        mtls: 'strict',
        // The default of the cluster is not among the objects: the narrower one is written.
        access: intentions.some((one) => one.type === 'posture' && one.allow) ? 'allow' : 'deny',
        egress: closesEgress.includes(true) ? 'deny' : 'allow',
        defaults: { ...defaults, ...upstreams.defaults },
        ...(entries.length > 0 &&
          objects.length === 0 && {
            targets: { consul: { platform: 'consul', options: { mode: 'vms' } } },
          }),
      },
    } satisfies ReadMesh;
  },
};

export default reader;

function isObject({ group: own, kind }: NativeDocument): boolean {
  return (
    (own === group && kinds.includes(kind)) || (own === `auth.${group}` && kind === 'TrafficPermissions')
  );
}

function losePermissions({ root }: NativeDocument): void {
  root.at('spec').lost({ callers: 'callers that the permissions let in are refused', access: 'narrower' });
}

/** Warns that no intention is for all callers of all services, where the default policy of ACLs decides. */
function assumeClosed([first]: readonly NativeDocument[], { assume }: ReadContext): void {
  if (first !== undefined)
    assume(first, {
      subject: 'if Consul lets a call in that no intention, and none of its permissions, is about',
      assumption: 'the Mesh has `access: deny`, as where the default policy of ACLs is deny',
      way: 'import an intention of `*` for `*`, or write `access: allow`',
    });
}

/** Returns the gateways with their routes, and notes them as callers. */
function readEntrances(
  documents: readonly NativeDocument[],
  names: ServiceNames,
  rulesOf: RulesOf,
  context: ReadContext,
): readonly ReadDocument[] {
  const of = (...kinds: readonly string[]): readonly NativeDocument[] =>
    documents.filter(({ kind }) => kinds.includes(kind));
  const gateways = new Map(
    of('IngressGateway', 'APIGateway').flatMap((one) => {
      const read = readGateway(one, context);
      return read === undefined ? [] : [[one.name, read] as const];
    }),
  );
  const own = [...gateways.values()].map(({ document }) => document);
  for (const [native, { document }] of gateways)
    names.addGateway(native, `${document.namespace}/${document.name}`);
  return [
    ...own,
    ...of('IngressGateway').flatMap((one) => {
      const gateway = gateways.get(one.name);
      return gateway === undefined ? [] : readIngressRoutes(one, gateway, names, rulesOf);
    }),
    ...of('HTTPRoute', 'TCPRoute').flatMap((one) => readGatewayRoute(one, { gateways, names, context })),
  ];
}

/** Refuses entries of one kind and name after the first, of which Consul has one. */
function withoutTwins(
  entries: readonly NativeDocument[],
  { refuse }: ReadContext,
): readonly NativeDocument[] {
  const known = new Set<string>();
  return entries.filter((entry) => {
    const key = JSON.stringify([entry.kind, entry.name]);
    const isTwin = known.has(key);
    known.add(key);
    if (isTwin) refuse(entry, 'an entry of this kind and name was read before it');
    return !isTwin;
  });
}

/** Returns the rules by which calls to a service go, for callers that are no services. */
function rulesFor(routes: readonly ReadDocument[]): RulesOf {
  return (id) => {
    const own = routes.find((one) => one.kind === 'Route' && `${one.namespace}/${one.name}` === id);
    const rules = own?.kind === 'Route' ? (own.spec.rules ?? []) : [];
    const backends = [{ service: id }];
    if (rules.length === 0) return [{ backends }];
    const [home = ''] = id.split('/');
    return rules.map((rule) => ({
      ...rule,
      backends: (rule.backends ?? backends).map((one) => ({
        ...one,
        service: absoluteId(one.service ?? id, home),
      })),
    }));
  };
}
