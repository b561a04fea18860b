import type { Difference } from '../../../import/fate.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

const idle: Readonly<Record<string, string>> = {
  ExtAuthServer: 'a policy names it, and says what is asked of it',
  KubernetesCluster: 'it belongs to the installation',
  RootTrustPolicy: 'the trust is that of the spec',
  TrimProxyConfigPolicy: 'it makes the configuration of proxies smaller',
  Workspace: 'a workspace says who may write objects, not who may call',
};

const guarded = (callers: string): Difference => ({
  callers,
  access: 'wider',
  witness: 'a request that the policy refuses',
});

const lost: Readonly<Record<string, Difference>> = {
  AccessLogPolicy: { callers: 'no log of calls is written: say it under `telemetry.accessLog` of the Mesh' },
  AdaptiveRequestConcurrencyPolicy: { callers: 'the number of requests is not adapted' },
  CORSPolicy: { callers: 'browsers get no answer about other origins: write `cors` in the Route' },
  CSRFPolicy: guarded('requests of other origins are let in'),
  ClientTLSPolicy: { callers: 'the service is called with the TLS of the mesh' },
  ConnectionPolicy: {
    callers: 'connections have no limits of their own: write `connections` of the Service',
  },
  ExtAuthPolicy: guarded('nobody asks the external authorizer: write it into an Authentication'),
  ExternalEndpoint: { callers: 'the addresses of the host are those of DNS' },
  ExternalWorkload: { callers: 'the machine outside of the cluster is not known: write endpoints' },
  FailoverPolicy: { callers: 'no other locality takes the calls' },
  HTTPBufferPolicy: { callers: 'bodies of requests have no limit' },
  HeaderManipulationPolicy: { callers: 'headers are not changed: write `headers` in the Route' },
  JWTPolicy: guarded('no token is checked: write an Authentication with this issuer'),
  ListenerConnectionPolicy: { callers: 'connections of the listener have no limits' },
  LoadBalancerPolicy: {
    callers: 'instances are chosen as the Mesh says: write `loadBalancing` of the Service',
  },
  OutlierDetectionPolicy: {
    callers: 'failing instances still get calls: write `outlierDetection` of the Service',
  },
  ProxyProtocolPolicy: { callers: 'the address of clients is not read from the connection' },
  TransformationPolicy: { callers: 'requests and answers are not transformed' },
  WAFPolicy: guarded('requests that the firewall refuses are let in'),
  WasmDeploymentPolicy: { callers: 'the proxies do nothing of what the plugin does' },
};

/** Kinds of API groups of the current API of which nothing is carried. */
export const foreignKinds: readonly string[] = [...Object.keys(idle), ...Object.keys(lost)];

/** Accounts for an object of which nothing is carried. */
export function readForeign({ root, kind }: NativeDocument): void {
  const difference = lost[kind];
  if (difference === undefined) root.at('spec').withoutEffect(idle[kind] ?? 'it changes nothing for calls');
  else root.at('spec').lost(difference);
}

/** The API of Gloo Mesh 1.x, which has ended. */
export const endedGroup = /(?:^|\.)mesh\.gloo\.solo\.io$/;

/** Accounts for an object of Gloo Mesh 1.x, which the reader doesn't read. */
export function readEnded({ root, kind }: NativeDocument): void {
  const callers =
    'the API of Gloo Mesh 1.x has ended, and is not read: import the objects of Istio that it made';
  const closes = kind === 'AccessPolicy' || kind === 'VirtualMesh';
  const witness = 'a call that no AccessPolicy allows';
  for (const [name, field] of root.entries())
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(name))
      field.lost({ callers, ...(closes && { access: 'wider' as const, witness }) });
}
