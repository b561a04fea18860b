import type { Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { gatewayDocuments, gatewaysOf } from './gateways.ts';
import { readListeners } from './listeners.ts';
import { readOutput } from './output/index.ts';
import { isEnvoys, resourcesOf } from './resources.ts';
import { readRoutes } from './routes.ts';
import { markSecrets, streamClusters, trustDomainOf, unusedRoutes } from './surroundings.ts';
import { Upstreams } from './upstreams.ts';

/** Settings that Envoy has where its configuration says nothing. */
const defaults: MeshSpec['defaults'] = {
  timeout: '15s',
  loadBalancing: { algorithm: 'round-robin' },
  connections: { maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024 },
};

/** Settings that the files of the target hold exactly, and that no decision about a single request shows. */
const readsSettings: readonly string[] = [
  'the retry budget',
  'waits between tries',
  'gRPC statuses of faults',
  'the scope of the rate limit',
  'endpoints',
  'certificates',
  'sessions',
  'the health check',
  'telemetry',
  'addresses',
  'passing on of tokens',
];

/**
 * Reads the configuration of Envoys that stand at the entrance of services: static bootstraps, and listeners, clusters, routes,
 * endpoints and secrets in files. A listener is one of a Gateway, and a cluster is a Service, or an External if the proxy starts TLS.
 * For a proof it reads the output of the target instead.
 */
const reader: Reader = {
  usesKubernetes: false,
  readsSettings,
  takes: isEnvoys,
  read(documents, context) {
    if (context.isExact) return readOutput(documents, context);
    const resources = resourcesOf(documents);
    const trustDomain = trustDomainOf(documents);
    const gateways = gatewaysOf(readListeners(resources, trustDomain));
    const upstreams = new Upstreams(resources, streamClusters(gateways));
    const routes = [...gateways].flatMap(([name, own]) => readRoutes(name, own, resources, upstreams));
    markSecrets(resources);
    unusedRoutes(resources, gateways);
    return {
      documents: [
        ...upstreams.documents,
        ...[...gateways].flatMap(([name, own]) => gatewayDocuments(name, own)),
        ...routes,
      ],
      mesh: { trustDomain, mtls: 'permissive', access: 'allow', egress: 'allow', defaults },
    } satisfies ReadMesh;
  },
};

export default reader;
