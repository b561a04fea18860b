import type { NativeDocument } from '../../../import/native-document.ts';

/** The difference that callers notice without an object of each kind. */
const lost: Readonly<Record<string, string>> = {
  ExportedServices: 'other partitions and peers can not call the services',
  FileSystemCertificate: 'the certificate has to be in a Secret',
  InlineCertificate: 'the certificate has to be in a Secret',
  JWTProvider: 'no token is checked: write an Authentication with this issuer',
  MeshService: 'routes can not name the service of another cluster',
  PeeringAcceptor: 'the other cluster can not call this one',
  PeeringDialer: 'this cluster can not call the other one',
  Registration: 'the service outside of Kubernetes is not known: write an External or endpoints',
  RouteRetryFilter: 'the gateway tries requests of these routes not again',
  RouteTimeoutFilter: 'the gateway has no time of its own for these routes',
  RouteTLSSDSFilter: 'the gateway shows no certificate of another server of secrets',
  SamenessGroup: 'clusters do not stand in for each other',
  TerminatingGateway: 'hosts outside of the mesh are not reached by way of a gateway: write Externals',
};

/** The requests that get through without an object of each kind. */
const guards: Readonly<Record<string, string>> = {
  GatewayPolicy: 'the gateway checks no tokens: write an Authentication',
  RouteAuthFilter: 'the gateway checks no tokens for these routes: write an Authentication',
  RouteExtProc: 'the gateway asks no other server about the requests of these routes',
};

/** The reasons for which an object of each kind changes nothing for calls in the mesh. */
const idle: Readonly<Record<string, string>> = {
  BoundAPIGateway: 'Consul writes it about a gateway',
  ControlPlaneRequestLimit: 'it limits requests to the servers of Consul, not calls in the mesh',
  GatewayClassConfig: 'it belongs to the installation of gateways',
  RateLimit: 'it limits requests to the servers of Consul, not calls in the mesh',
};

/** Kinds of which nothing is carried. */
export const foreignKinds: readonly string[] = [lost, guards, idle].flatMap((list) => Object.keys(list));

/** Accounts for an object of which nothing is carried. */
export function readForeign({ root, kind }: NativeDocument): void {
  const [callers, admitted] = [lost[kind], guards[kind]];
  if (callers !== undefined) root.at('spec').lost({ callers });
  else if (admitted !== undefined)
    root
      .at('spec')
      .lost({ callers: admitted, access: 'wider', witness: 'a request that the gateway refuses' });
  else root.at('spec').withoutEffect(idle[kind] ?? 'it changes nothing for calls');
}
