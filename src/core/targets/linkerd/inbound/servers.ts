import type { Protocol } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import { object } from '../object.ts';
import { ejectionAnnotations } from '../services.ts';
import { authentication, nameable, originsOf } from './authentication.ts';
import type { Callers } from './callers.ts';
import { type GuardedPort, guardedPorts } from './guarded-ports.ts';
import { policyFor, policyRoutes } from './policy-routes.ts';
import type { Permission } from './port-access.ts';
import { rateLimitPolicy } from './rate-limit.ts';

/** Returns a Server for each port of pods, and the objects that let callers in. */
export function servers(lowering: Lowering): readonly ObjectArtifact[] {
  return guardedPorts(lowering.ir).flatMap((guarded) => {
    const permissions = namedPermissions(guarded, lowering);
    const [only] = permissions;
    const name = serverName(guarded);
    const some = [
      ...new Map(permissions.map(({ callers }) => [canonicalJson(callers), callers])).values(),
    ].filter((callers) => callers.length > 0);
    const told = permissions.length > 1 || only === undefined;
    const policy = told ? 'deny' : accessPolicy(only.callers);
    if (policy !== 'deny') return [server(guarded, policy, lowering), ...rateLimitPolicy(guarded, name)];
    return [
      ...some.map((callers) => authentication(guarded, callers, lowering.ir.trustDomain)),
      server(guarded, policy, lowering),
      ...(told
        ? policyRoutes(guarded, name, permissions, lowering.options.probePaths)
        : some.map((callers) => policyFor(guarded, callers, { kind: 'Server', name }))),
      ...rateLimitPolicy(guarded, name),
    ];
  });
}

/** Returns the name of the Server of a port. */
function serverName({ service, port }: GuardedPort): string {
  return objectName(service.name, port.name);
}

/** Returns permissions without callers that Linkerd can't name. */
function namedPermissions({ access }: GuardedPort, { ir }: Lowering): readonly Permission[] {
  return (access?.permissions ?? []).map(({ cell, callers }) => ({
    cell,
    callers: nameable(callers, ir.trustDomain),
  }));
}

/** Returns the default of a Server without conditions on requests (`accessPolicy`). */
function accessPolicy(callers: Callers): 'deny' | 'all-authenticated' | 'all-unauthenticated' {
  if (callers.some(({ type }) => type === 'anyone')) return 'all-unauthenticated';
  return callers.some(({ type }) => type === 'authenticated') ? 'all-authenticated' : 'deny';
}

/**
 * Protocols as Linkerd names them. gRPC is HTTP/2 here, since a Server for gRPC reads no HTTPRoutes. Linkerd can't
 * detect a protocol whose server speaks first.
 */
const proxyProtocols: Readonly<Record<Protocol, string>> = {
  http: 'HTTP/1',
  http2: 'HTTP/2',
  grpc: 'HTTP/2',
  tls: 'TLS',
  tcp: 'opaque',
  mongo: 'opaque',
  mysql: 'opaque',
  postgres: 'opaque',
  redis: 'opaque',
};

function server(guarded: GuardedPort, policy: string, { options }: Lowering): ObjectArtifact {
  const { service, port } = guarded;
  const needed = options.services === 'expect' ? ejectionAnnotations(service) : {};
  return object({
    kind: 'Server',
    namespace: service.namespace,
    name: serverName(guarded),
    from: `Service/${service.id}`,
    origins: originsOf(guarded),
    ...(Object.keys(needed).length > 0 && {
      annotations: {
        'meshwright.dev/needs-annotations': canonicalJson({ [`Service/${service.id}`]: needed }),
      },
    }),
    spec: {
      accessPolicy: policy,
      podSelector: { matchLabels: service.workload.labels },
      port: port.targetPort,
      proxyProtocol: proxyProtocols[port.protocol],
    },
  });
}
