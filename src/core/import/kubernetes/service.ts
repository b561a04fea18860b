import type { ServicePort, ServiceSpec, Version } from '../../spec/types.gen.ts';
import { dnsLabel } from '../dns-label.ts';
import type { Field } from '../field.ts';
import { hasLabels, type KnownPort, type KnownService } from '../inventory.ts';
import type { NativeDocument } from '../native-document.ts';
import { type LeavesAnnotation, readHeader } from './metadata.ts';
import { portProtocol } from './protocol.ts';
import type { PodTemplate } from './workloads.ts';

const stays = 'the Service object stays in the cluster and keeps it';

/** Fields of a Service that say nothing about calls between proxies. */
const kept: readonly string[] = [
  'type',
  'clusterIP',
  'clusterIPs',
  'externalIPs',
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'ipFamilies',
  'ipFamilyPolicy',
  'loadBalancerClass',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'allocateLoadBalancerNodePorts',
  'publishNotReadyAddresses',
  'sessionAffinityConfig',
];

/** The circumstances in which Services are read. */
export interface ServiceReading {
  /**
   * True if proxies of a mesh already balance the calls; otherwise kube-proxy does, and the session affinity of a Service
   * is carried.
   */
  readonly inMesh: boolean;
  readonly leaves?: LeavesAnnotation | undefined;
}

/** Reads a Service with the pods that it selects. */
export function readService(
  document: NativeDocument,
  namespace: string,
  pods: readonly PodTemplate[],
  { inMesh, leaves }: ServiceReading,
): KnownService {
  const { root, name } = document;
  readHeader(document, leaves);
  const spec = root.at('spec');
  const selectorField = spec.at('selector');
  const selector = selectorField.labels() ?? {};
  const hasSelector = Object.keys(selector).length > 0;
  const workloads = hasSelector
    ? pods.filter((pod) => pod.namespace === namespace && hasLabels(pod.labels, selector))
    : [];
  for (const field of kept) spec.at(field).withoutEffect(stays);
  readHeadless(spec.at('clusterIP'));
  spec.at('internalTrafficPolicy').withoutEffect('proxies choose among all instances, on every node');
  spec
    .at('trafficDistribution')
    .withoutEffect('proxies choose by the locality of the spec, not of the Service');
  const affinity = readAffinity(spec.at('sessionAffinity'), inMesh);
  const ports = readPorts(spec.at('ports'), workloads);
  const workload = {
    ...(hasSelector && !isUsual(selector, name) ? { labels: selector } : {}),
    ...accountOf(name, workloads, selectorField),
  };
  const versions = versionsOf(workloads);
  const content: ServiceSpec = {
    ports: Object.fromEntries(ports.map((port) => [port.name, documentPort(port)])),
    ...(Object.keys(workload).length > 0 ? { workload } : {}),
    ...(versions === undefined ? {} : { versions }),
    ...affinity,
  };
  return { namespace, name, ports, selector, workloads, spec: content, from: [root] };
}

function readHeadless(clusterIp: Field): void {
  if (clusterIp.value === 'None')
    clusterIp.differently({
      callers: 'callers that look up single instances reach them past the balancing of the spec',
    });
}

function readAffinity(field: Field, inMesh: boolean): Pick<ServiceSpec, 'loadBalancing'> {
  if (field.value !== 'ClientIP' || inMesh) {
    field.withoutEffect(inMesh ? 'proxies of the mesh ignore it' : 'this is the default');
    return {};
  }
  field.differently({
    callers: 'each caller keeps its instance as long as none comes or goes, without a time limit',
  });
  return { loadBalancing: { affinity: { sourceAddress: true } } };
}

function readPorts(list: Field, workloads: readonly PodTemplate[]): readonly KnownPort[] {
  const known: KnownPort[] = [];
  for (const field of list.items()) {
    const transport = field.at('protocol');
    if (transport.value === 'UDP' || transport.value === 'SCTP') {
      field.lost({ callers: `the mesh language has no ${transport.value}; the port stays outside the mesh` });
      continue;
    }
    transport.carried();
    field.at('nodePort').withoutEffect(stays);
    const nativeName = field.at('name').text() ?? '';
    const port = field.at('port').port();
    const { protocol, isGuessed } = portProtocol(field.at('appProtocol').text(), nativeName);
    if (port === undefined) {
      const callers = 'the port has no number, so Kubernetes refuses the Service';
      field.lost({ callers, ...(field.at('port').isPresent && { isReported: true }) });
      continue;
    }
    const name = freeName(dnsLabel(nativeName) ?? protocol, port, known);
    if (isGuessed)
      field
        .at('port')
        .differently({ callers: 'the Service does not say the protocol, so bytes pass as TCP' });
    known.push({
      name,
      nativeName,
      port,
      targetPort: targetPort(field.at('targetPort'), port, workloads),
      protocol,
      isGuessed,
    });
  }
  return known;
}

function freeName(name: string, port: number, known: readonly KnownPort[]): string {
  return known.some((other) => other.name === name) ? `${name}-${String(port)}` : name;
}

function targetPort(field: Field, port: number, workloads: readonly PodTemplate[]): number {
  const written = field.numberOrText();
  if (written === undefined) return port;
  if (typeof written === 'number') return written;
  if (/^\d{1,5}$/.test(written)) return Number(written);
  const found = workloads.map(({ ports }) => ports.get(written)).find((number) => number !== undefined);
  if (found === undefined)
    field.lost({
      callers: 'no container port of this name is among the input, so the port of the Service is used',
    });
  return found ?? port;
}

function documentPort({ name, port, targetPort, protocol }: KnownPort): ServicePort {
  return {
    port,
    ...(targetPort === port ? {} : { targetPort }),
    ...(name === protocol ? {} : { protocol }),
  };
}

/** Labels `{app: NAME}` are the default of the language. */
function isUsual(selector: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(selector).length === 1 && selector['app'] === name;
}

function accountOf(
  name: string,
  workloads: readonly PodTemplate[],
  selector: Field,
): { readonly serviceAccount?: string } {
  const accounts = [...new Set(workloads.map(({ serviceAccount }) => serviceAccount))].sort();
  const [account] = accounts;
  if (account === undefined) {
    if (selector.isPresent)
      for (const [, field] of selector.entries())
        field.differently({
          callers:
            'no pods with these labels are among the input, so their account is taken to be the name of the service',
        });
    return {};
  }
  for (const { serviceAccount, accountField } of workloads)
    if (serviceAccount !== account)
      accountField.lost({
        callers: `a service has one account in the spec, ${account}: rules for this service as a caller miss these pods`,
        access: 'narrower',
      });
  return account === name ? {} : { serviceAccount: account };
}

/** Returns the versions of a service whose pods all have a label `version`; undefined otherwise. */
function versionsOf(workloads: readonly PodTemplate[]): Readonly<Record<string, Version>> | undefined {
  const values = workloads.map(({ labels }) => labels['version']);
  const names = values.map((value) => (value === undefined ? undefined : dnsLabel(value)));
  if (values.length === 0 || names.includes(undefined)) return undefined;
  const versions = new Map<string, Version>();
  for (const [index, name = ''] of names.entries()) {
    const version = values[index] ?? '';
    versions.set(name, { labels: { version } });
  }
  return Object.fromEntries([...versions].sort(([one], [other]) => (one < other ? -1 : 1)));
}
