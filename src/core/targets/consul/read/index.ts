import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { foreignKinds, readForeign } from './foreign.ts';
import { opensAll, readIntentions } from './intentions.ts';
import { readMeshObject, readProxyDefaults } from './mesh.ts';
import { readRoutes } from './routes.ts';
import { ServiceNames } from './services.ts';
import { readDefaults, readResolver } from './settings.ts';

const group = 'consul.hashicorp.com';

const kinds: readonly string[] = [
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
  connections: { maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024 },
  outlierDetection: {
    consecutive5xx: 5,
    interval: '10s',
    baseEjectionTime: '30s',
    maxEjectionPercent: '10%',
  },
};

/** Reads the objects of consul-k8s. */
const reader: Reader = {
  usesKubernetes: true,
  takes: ({ group: own, kind }) =>
    (own === group && kinds.includes(kind)) || (own === `auth.${group}` && kind === 'TrafficPermissions'),
  read(documents, context) {
    for (const document of documents) readHeader(document);
    const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
    const byName = (kind: string): ReadonlyMap<string, NativeDocument> =>
      new Map(of(kind).map((one) => [one.name, one]));
    const names = new ServiceNames(context, of('ServiceDefaults'));
    const [routers, splitters] = [byName('ServiceRouter'), byName('ServiceSplitter')];
    const settings = [
      ...of('ServiceDefaults').flatMap((one) => readDefaults(one, names, context)),
      ...of('ServiceResolver').flatMap((one) =>
        readResolver(one, names, context, !routers.has(one.name) && !splitters.has(one.name)),
      ),
    ];
    const routes = readRoutes({
      routers,
      splitters,
      resolvers: byName('ServiceResolver'),
      names,
      context,
    });
    const isOpen = opensAll(of('ServiceIntentions'));
    const intentions = of('ServiceIntentions').map((one) => readIntentions(one, names, context, isOpen));
    for (const one of documents) if (foreignKinds.includes(one.kind)) readForeign(one);
    for (const { root } of of('TrafficPermissions'))
      root
        .at('spec')
        .lost({ callers: 'callers that the permissions let in are refused', access: 'narrower' });
    for (const one of of('ProxyDefaults')) readProxyDefaults(one);
    const closesEgress = of('Mesh').map(readMeshObject);
    return {
      documents: [
        ...settings,
        ...routes,
        ...intentions.flatMap((one) => (one.type === 'document' ? [one.document] : [])),
      ],
      mesh: {
        mtls: 'strict',
        // The default of the cluster is not among the objects: the narrower one is written.
        access: intentions.some((one) => one.type === 'posture' && one.allow) ? 'allow' : 'deny',
        egress: closesEgress.includes(true) ? 'deny' : 'allow',
        defaults,
      },
    } satisfies ReadMesh;
  },
};

export default reader;
