import { reportedTelemetry } from '../../../ir/reported-telemetry.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { serviceSpec, standardAppProtocols } from '../../gateway-api-objects/version-services.ts';
import { object as kubernetesObject } from '../../kubernetes-objects/object.ts';
import type { Lowering } from '../context.ts';
import { object } from '../object.ts';
import { loggingOf } from './access-log.ts';
import { backendsOf } from './backends.ts';
import { listenersOf } from './listeners.ts';
import type { Node } from './nodes.ts';

/** Returns the virtual nodes of a mesh, with the headless Services by which they find their pods. */
export function virtualNodes(lowering: Lowering): readonly ObjectArtifact[] {
  return [...lowering.nodes.values()].flatMap((node) => [
    ...podServiceObjects(node, lowering),
    virtualNode(node, lowering),
  ]);
}

function virtualNode(node: Node, lowering: Lowering): ObjectArtifact {
  const { service, version, name, runs, pods } = node;
  const { ir, options } = lowering;
  const backends = runs === undefined ? [] : backendsOf(service, lowering);
  return object({
    kind: 'VirtualNode',
    namespace: service.namespace,
    name,
    from: `Service/${service.id}`,
    origins: [version?.origin ?? service.origin],
    ...(pods && options.podServices === 'expect' && { annotations: needed(node) }),
    spec: {
      ...(runs && { podSelector: { matchLabels: runs } }),
      ...(pods && {
        listeners: listenersOf(service, lowering),
        serviceDiscovery: { dns: { hostname: pods.host, responseType: 'ENDPOINTS' } },
      }),
      ...(backends.length > 0 && { backends }),
      ...loggingOf(reportedTelemetry(ir, service)),
    },
  });
}

function needed({ service, pods }: Node): Readonly<Record<string, string>> {
  const key = `Service/${service.namespace}/${pods?.name ?? ''}`;
  return { 'meshwright.dev/needs-services': canonicalJson({ [key]: pods?.labels ?? {} }) };
}

/** Returns the headless Service of a node: its name has the address of each pod. */
function podServiceObjects(
  { service, version, pods }: Node,
  { options }: Lowering,
): readonly ObjectArtifact[] {
  if (pods === undefined || options.podServices === 'expect' || options.form === 'aws-api') return [];
  const spec = serviceSpec(service, pods.labels, standardAppProtocols);
  return [
    kubernetesObject({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: service.namespace,
      name: pods.name,
      from: `Service/${service.id}`,
      origins: [version?.origin ?? service.origin],
      spec: { ...(spec as object), clusterIP: 'None' },
    }),
  ];
}
