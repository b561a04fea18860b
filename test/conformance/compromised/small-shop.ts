import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { freePorts } from '../../components/free-ports.ts';

/** A caller, and a service with a port of HTTP and one of TCP, each beside a real Envoy. */
export interface SmallShop {
  readonly documents: string;
  /** The port at which the caller's proxy takes requests. */
  readonly outbound: number;
  /** The inbound ports of the service's proxy. */
  readonly http: number;
  readonly tcp: number;
  readonly admins: readonly number[];
  readonly close: () => Promise<void>;
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

export async function openSmallShop(): Promise<SmallShop> {
  const application = http.createServer((request, answer) => {
    request.resume();
    answer.end('served');
  });
  const echo = net.createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
  const [app, store] = [await listening(application), await listening(echo)];
  const [outbound, webAdmin, inbound, storeInbound, ratingsOutbound, admin] = await freePorts(6);
  const at = (port: number | undefined): string => `"127.0.0.1:${String(port)}"`;
  const documents = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  defaults: {timeout: 2s}
  targets: {local: {platform: envoy, output: {directory: out}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  calls: [ratings]
  ports: {}
  endpoints: {default: [{outbound: ${at(outbound)}, admin: ${at(webAdmin)}}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: ratings, namespace: shop}
spec:
  calls: []
  ports: {http: {port: 9080}, store: {port: 6379, protocol: tcp}}
  versions: {v1: {}}
  endpoints:
    v1:
      - app: {http: ${at(app)}, store: ${at(store)}}
        inbound: {http: ${at(inbound)}, store: ${at(storeInbound)}}
        outbound: ${at(ratingsOutbound)}
        admin: ${at(admin)}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: ratings, namespace: shop}
spec: {service: ratings, rules: [{allow: {from: [{service: web}]}}]}
`;
  const close = async (): Promise<void> => {
    application.closeAllConnections();
    await Promise.all([application, echo].map((one) => new Promise((done) => one.close(done))));
  };
  return {
    ...{ documents, outbound: outbound!, http: inbound!, tcp: storeInbound! },
    admins: [webAdmin!, admin!],
    close,
  };
}
