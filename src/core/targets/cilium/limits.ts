import type { Rule } from '../../ir/route.ts';
import { mtlsOf, type Port, type Service } from '../../ir/service.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { gatewayLimits } from '../gateway-api-objects/gateway-limits.ts';
import { arrangedParts } from '../gateway-api-objects/http-rules.ts';
import { ruleLimits } from '../gateway-api-objects/rule-limits.ts';
import type { Limit } from '../target.ts';
import { type GuardedPort, guardedPorts } from './access/guarded-ports.ts';
import type { NarrowRule } from './access/port-access.ts';
import type { Lowering } from './context.ts';
import { streamLimits } from './routes/stream-limits.ts';

/** Returns the places of a mesh that Cilium can't express, or at which it lets fewer calls through. */
export function limits(lowering: Lowering): readonly Limit[] {
  const { ir } = lowering;
  const services = Object.values(ir.services);
  const gateways = Object.values(ir.gateways);
  return unique([
    ...services.flatMap((service) => service.ports.flatMap((port) => portLimits(service, port, lowering))),
    ...guardedPorts(ir).flatMap(accessLimits),
    ...services.flatMap(unreadLabels),
    ...gateways.flatMap((gateway) => [
      ...gatewayLimits(gateway, lowering),
      ...gateway.listeners
        .filter(({ protocol }) => protocol === 'tcp' && gateway.type === 'ingress')
        .map(
          ({ origin }): Limit => ({
            feature: 'gateway.passthrough',
            reason: 'a Gateway of Cilium has no listeners for plain TCP',
            callers: 'nothing listens',
            origin,
          }),
        ),
      ...gateway.listeners.flatMap(({ virtualHosts }) =>
        virtualHosts.flatMap(({ route }) => route.rules.flatMap(copiedParts)),
      ),
    ]),
  ]);
}

function portLimits(service: Service, port: Port, lowering: Lowering): readonly Limit[] {
  if (!port.http) return streamLimits(service, port);
  const parts = arrangedParts(port.route.rules, port.number, lowering.dialect);
  return [
    ...ruleLimits(parts, lowering.dialect),
    ...port.route.rules.flatMap(copiedParts),
    ...port.route.rules.flatMap((rule) => outside(rule, lowering)),
  ];
}

/** Cilium divides the percentage of a mirror by whole numbers. */
function copiedParts({ action }: Rule): readonly Limit[] {
  if (action.type !== 'forward') return [];
  return action.mirrors
    .filter(({ percent }) => !Number.isInteger(percent))
    .map(({ origin }) => ({
      feature: 'route.mirror',
      reason: 'Cilium copies whole percents of the requests and rounds down',
      callers: 'fewer copies are sent, or none',
      origin,
    }));
}

/** A route inside the mesh sends to Services of Kubernetes alone. */
function outside({ action, origin }: Rule, { ir }: Lowering): readonly Limit[] {
  if (action.type !== 'forward' || !action.backends.some(({ service }) => service in ir.externals)) return [];
  return [
    {
      feature: 'external.hosts',
      reason: 'a rule of Cilium has no backends outside of the mesh',
      callers: 'such requests get 500',
      origin,
    },
  ];
}

const narrowed = {
  'access.http': [
    'Cilium has no such condition on requests: it compares values of headers, and paths by patterns that Envoy takes',
    'some calls that this rule allows are refused',
  ],
  'access.deny': [
    'Cilium denies whole connections, and no pattern leaves out exactly these requests',
    'other calls of these callers are refused, too',
  ],
  'access.except': [
    'Cilium denies whole connections, and no pattern leaves out exactly these requests',
    'more calls are refused than the exception says',
  ],
} as const;

const unnamed = [
  'Cilium names pods by account and namespace, and all gateways of a cluster as one caller',
  'some callers of this rule are refused',
] as const;

function accessLimits({ access, ports }: GuardedPort): readonly Limit[] {
  if (access === undefined)
    return ports.map(({ service, port }) => ({
      feature: `mtls.${mtlsOf(service, port)}`,
      reason:
        'several ports of the mesh are this port of a pod, with different access, and Cilium adds up what they allow',
      callers: 'nobody may call that port',
      origin: port.origin,
    }));
  return access.narrow.map(narrowLimit);
}

function narrowLimit({ feature, origin }: NarrowRule): Limit {
  const [reason, callers] = feature in narrowed ? narrowed[feature as keyof typeof narrowed] : unnamed;
  return { feature, reason, callers, origin };
}

/** Labels that are no part of an identity (`labels` of Cilium's installation by default). */
const unreadLabel =
  /^(?:io\.kubernetes|kubernetes\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(?:job-completion-index|controller-uid)|.*beta\.kubernetes\.io|k8s\.io|pod-template-(?:generation|hash)|controller-(?:revision-hash|uid)|annotation|etcd_node|topology\.kubernetes\.io)/;

/** A policy that asks for a label which Cilium doesn't read selects no pods, and so closes none. */
function unreadLabels(service: Service): readonly Limit[] {
  const label = Object.keys(service.workload.labels).find((key) => unreadLabel.test(key));
  if (label === undefined) return [];
  return service.ports.map((port) => ({
    feature: `mtls.${mtlsOf(service, port)}`,
    reason: `Cilium does not read the label ${label} of pods, so that its policies do not select them`,
    callers: 'calls that should be refused are served',
    origin: port.origin,
  }));
}

function unique(limits: readonly Limit[]): readonly Limit[] {
  return [...new Map(limits.map((limit) => [canonicalJson(limit), limit])).values()];
}
