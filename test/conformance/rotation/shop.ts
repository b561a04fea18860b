import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePorts } from '../../components/free-ports.ts';

/** The ports of one proxy of the shop. */
export interface Ports {
  readonly inbound: number;
  readonly outbound: number;
  readonly admin: number;
}

/** A shop of six proxies: two callers, three instances of reviews, one of ratings. */
export interface Shop {
  readonly callers: Readonly<Record<'web' | 'other', Ports>>;
  readonly reviews: readonly Ports[];
  readonly ratings: Ports;
  readonly documents: string;
  readonly close: () => Promise<void>;
}

/**
 * Returns a shop whose certificates live for `life`, such as `45s`. Every request to reviews has a connection of its
 * own, so that each is a handshake of two proxies.
 */
export async function openShop(life: string): Promise<Shop> {
  const application = http.createServer((request, answer) => {
    request.resume();
    answer.end('served');
  });
  application.keepAliveTimeout = 600_000;
  await new Promise<void>((done) => application.listen(0, '127.0.0.1', done));
  const app = (application.address() as AddressInfo).port;
  const free = [...(await freePorts(18))];
  const ports = (): Ports => ({ inbound: free.pop()!, outbound: free.pop()!, admin: free.pop()! });
  const callers = { web: ports(), other: ports() };
  const reviews = [ports(), ports(), ports()];
  const ratings = ports();
  const endpoint = ({ inbound, outbound, admin }: Ports, name: string): string =>
    `{name: ${name}, app: "127.0.0.1:${app}", inbound: "127.0.0.1:${inbound}", outbound: "127.0.0.1:${outbound}", admin: "127.0.0.1:${admin}"}`;
  const caller = (name: 'web' | 'other'): string => `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  calls: [reviews, ratings]
  ports: {}
  endpoints: {default: [{outbound: "127.0.0.1:${callers[name].outbound}", admin: "127.0.0.1:${callers[name].admin}"}]}
`;
  const access = (name: string): string => `apiVersion: mesh/v1
kind: Access
metadata: {name: ${name}, namespace: shop}
spec: {service: ${name}, rules: [{allow: {from: [{service: web}, {service: other}]}}]}
`;
  const documents = [
    `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {workload: {lifetime: ${life}}}
  targets: {local: {platform: envoy, output: {directory: out}}}
`,
    caller('web'),
    caller('other'),
    `apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 9080}}
  connections: {maxRequestsPerConnection: 1}
  versions: {v1: {}}
  endpoints: {v1: [${reviews.map((one, i) => endpoint(one, `p${i}`)).join(', ')}]}
`,
    `apiVersion: mesh/v1
kind: Service
metadata: {name: ratings, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 9080}}
  versions: {v1: {}}
  endpoints: {v1: [${endpoint(ratings, 'r')}]}
`,
    access('reviews'),
    access('ratings'),
  ].join('---\n');
  const close = async (): Promise<void> => {
    application.closeAllConnections();
    await new Promise((done) => application.close(done));
  };
  return { callers, reviews, ratings, documents, close };
}
