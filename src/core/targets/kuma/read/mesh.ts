import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

const lost: Readonly<Record<string, string>> = {
  CircuitBreaker: 'a policy of the old form is not carried: 3.0 has none of them',
  ExternalService: 'the host outside of the mesh is not known: write an External',
  FaultInjection: 'a policy of the old form is not carried: 3.0 has none of them',
  HealthCheck: 'a policy of the old form is not carried: 3.0 has none of them',
  MeshAccessLog: 'no log of calls is written: say it under `telemetry.accessLog` of the Mesh',
  MeshExternalService: 'the host outside of the mesh is not known: write an External',
  MeshFaultInjection: 'requests are neither delayed nor aborted: write a fault in a Route',
  MeshGateway: 'nothing listens there: write a Gateway with these listeners',
  MeshGatewayRoute: 'the gateway has no such routes: write a Route with the gateway',
  MeshHealthCheck: 'instances that fail the check still get calls: write a healthCheck of the Service',
  MeshMetric: 'metrics are those that proxies have',
  MeshMultiZoneService: 'services of several zones are not one: write one Service',
  MeshProxyPatch: 'a change of the configuration of a proxy is not carried',
  MeshTrace: 'no traces are sent: say it under `telemetry.tracing` of the Mesh',
  ProxyTemplate: 'a change of the configuration of a proxy is not carried',
  RateLimit: 'a policy of the old form is not carried: 3.0 has none of them',
  Retry: 'a policy of the old form is not carried: 3.0 has none of them',
  Timeout: 'a policy of the old form is not carried: 3.0 has none of them',
  TrafficLog: 'a policy of the old form is not carried: 3.0 has none of them',
  TrafficRoute: 'a policy of the old form is not carried: 3.0 has none of them',
  TrafficTrace: 'a policy of the old form is not carried: 3.0 has none of them',
  VirtualOutbound: 'hosts of this form are not known',
};

/** Kinds whose loss refuses calls. */
const narrower: Readonly<Record<string, string>> = {
  TrafficPermission: 'callers that only a permission of the old form lets in are refused',
};

const idle: Readonly<Record<string, string>> = {
  GlobalSecret: 'it holds keys of the control plane',
  Secret: 'it holds keys, which the spec names and does not hold',
  ContainerPatch: 'it changes containers of proxies, not calls',
  Dataplane: 'Kuma makes it of a pod',
  DataplaneInsight: 'it is a status that the control plane writes',
  HostnameGenerator: 'services have the hosts of Kubernetes',
  MeshGatewayInstance: 'it belongs to the installation of gateways',
  MeshInsight: 'it is a status that the control plane writes',
  MeshOpenTelemetryBackend: 'it says where telemetry goes, not what is sent',
  MeshService: 'Kuma makes it of a Service',
  MeshTrust: 'the trust is that of the spec',
  ServiceInsight: 'it is a status that the control plane writes',
  Workload: 'Kuma makes it of pods',
  Zone: 'it belongs to the installation',
  ZoneEgress: 'it belongs to the installation',
  ZoneEgressInsight: 'it is a status that the control plane writes',
  ZoneIngress: 'it belongs to the installation',
  ZoneIngressInsight: 'it is a status that the control plane writes',
  ZoneInsight: 'it is a status that the control plane writes',
};

/** Kinds from which no document is made. */
export const uncarriedKinds: readonly string[] = [
  ...[lost, narrower, idle].flatMap((list) => Object.keys(list)),
  'MeshTLS',
];

/** Fields of objects, and of resources outside of Kubernetes, that are no part of their specification. */
const headers: readonly string[] = [
  'apiVersion',
  'creationTime',
  'kind',
  'kri',
  'labels',
  'mesh',
  'metadata',
  'modificationTime',
  'name',
  'status',
  'type',
];

/** Accounts for an object from which no document is made. */
export function readUncarried(document: NativeDocument): void {
  const { root, kind } = document;
  if (kind === 'MeshTLS') {
    readTls(document);
    return;
  }
  for (const [name, field] of root.entries()) {
    if (headers.includes(name)) continue;
    const [callers, refused] = [lost[kind], narrower[kind]];
    if (callers !== undefined) field.lost({ callers });
    else if (refused !== undefined) field.lost({ callers: refused, access: 'narrower' });
    else field.withoutEffect(idle[kind] ?? 'it changes nothing for calls');
  }
}

/**
 * Accounts for a MeshTLS. Strict is how every service of the spec takes calls; what it says about versions and ciphers of TLS is
 * not carried.
 */
function readTls({ root }: NativeDocument): void {
  const spec = root.at('spec');
  const rules = ['from', 'rules'].flatMap((list) => spec.at(list).items());
  const others = rules.filter((rule) => !readMode(rule.along('default', 'mode')));
  const all = 'every service takes calls so, whichever proxies are meant';
  if (others.length === 0) {
    spec.at('targetRef').withoutEffect(all);
    for (const rule of rules) rule.at('targetRef').withoutEffect(all);
  } else for (const field of [spec, ...others]) field.at('targetRef').lost({ callers: refused });
  for (const rule of rules)
    for (const name of ['tlsVersion', 'tlsCiphers'])
      rule.along('default', name).lost({ callers: 'versions and ciphers of TLS are those of the proxies' });
}

const refused = 'callers without an identity are refused';

/** Returns true for a mode that all services have. */
function readMode(mode: Field): boolean {
  if (!mode.isPresent) return true;
  if (mode.value === 'Strict') mode.withoutEffect(`${refused} anyway`);
  else mode.lost({ callers: refused, access: 'narrower' });
  return mode.value === 'Strict';
}

/** Reads a Mesh: whether its proxies have identities, and whether they reach only services of the mesh. */
export function readMeshObject({ root }: NativeDocument): {
  readonly hasIdentity: boolean;
  readonly closes: boolean;
} {
  const spec = root.at('spec');
  const mtls = spec.at('mtls');
  if (mtls.isPresent) mtls.entries();
  const backend = mtls.at('enabledBackend').text();
  for (const one of mtls.at('backends').items()) {
    one.withoutEffect('the authority is that of the spec, and not who signs');
    if (one.at('name').value === backend && one.at('mode').text() === 'PERMISSIVE')
      one.at('mode').differently({ callers: 'callers without an identity are refused', access: 'narrower' });
  }
  mtls.at('skipValidation').withoutEffect('it is about the check of the object itself');
  const closes = spec.along('networking', 'outbound', 'passthrough').boolean() === false;
  for (const name of ['logging', 'tracing', 'metrics'])
    spec.at(name).lost({ callers: 'telemetry is that of the spec: say it under `telemetry` of the Mesh' });
  spec
    .along('routing', 'localityAwareLoadBalancing')
    .lost({ callers: 'instances of the own zone are not preferred' });
  for (const name of ['zoneEgress', 'defaultForbidMeshExternalServiceAccess'])
    spec.along('routing', name).withoutEffect('hosts outside of the mesh are Externals of the spec');
  for (const name of [
    'meshServices',
    'skipCreatingInitialPolicies',
    'constraints',
    'dataplaneProxyMembership',
  ])
    spec.at(name).withoutEffect('it is about the objects that the control plane makes and takes');
  return { hasIdentity: backend !== undefined && backend !== '', closes };
}

/** Accounts for the proxies that get an identity: an empty selector gives it to none of them, an empty map of labels to all. */
function readSelector(selector: Field): void {
  const labels = selector.along('dataplane', 'matchLabels');
  const isAll = labels.isPresent && Object.keys(labels.value as object).length === 0;
  if (isAll) selector.withoutEffect('all proxies have an identity');
  else
    selector.differently({
      callers: 'all proxies have an identity, and those without one in Kuma refuse callers without one now',
      access: 'narrower',
    });
}

/** Returns the trust domain of the identities, if it is a plain text. */
export function trustDomainOf(identities: readonly NativeDocument[]): string {
  const domains = identities.map(({ root }) => {
    const spec = root.at('spec');
    const domain = spec.along('spiffeID', 'trustDomain').text();
    const path = spec.along('spiffeID', 'path');
    if (path.isPresent && path.text() !== '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}')
      path.differently({ callers: 'identities are those of the language: a namespace and an account' });
    readSelector(spec.at('selector'));
    spec.at('provider').withoutEffect('the authority is that of the spec, and not who signs');
    return domain;
  });
  return (
    domains.find((domain) => domain !== undefined && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(domain)) ??
    'cluster.local'
  );
}
