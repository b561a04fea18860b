import type { KubernetesObject, PolicySpec, RouteSpec, ServerSpec } from './objects.ts';
import { type ProxyRequest, pick } from './routes.ts';

/** A caller as the proxy of a server sees it: the name in its certificate, if it has one. */
export type Identity = string | undefined;

/** A port of the pods that are called. */
export interface PodPort {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
}

/**
 * Returns what the proxy of a server answers by itself: 403, 404, 0 for a connection that it closes; undefined if the
 * application gets the request. Written from Linkerd's reference of authorization policies: a Server selects pods and a
 * port; its `accessPolicy` holds where no policy is for it; once it has a route, a request that none takes gets 404; a
 * route needs a policy of its own or of its Server.
 */
export function refusalAt(
  cluster: readonly KubernetesObject[],
  pod: PodPort,
  request: ProxyRequest,
  identity: Identity,
): number | undefined {
  const servers = cluster.filter(
    ({ kind, metadata, spec }) =>
      kind === 'Server' && metadata.namespace === pod.namespace && selects(spec as ServerSpec, pod),
  );
  if (servers.length > 1) throw new Error(`two Servers for one port: ${JSON.stringify(servers)}`);
  const [server] = servers;
  if (server === undefined) throw new Error(`no Server for ${JSON.stringify(pod)}`);
  const { proxyProtocol } = server.spec as ServerSpec;
  const http = proxyProtocol.startsWith('HTTP/');
  const refused = http ? 403 : 0;
  const policies = policiesFor(cluster, server);
  const isLet = (own: readonly KubernetesObject[]): boolean =>
    own.some((policy) => lets(cluster, policy, identity));
  const routes = http ? routesOf(cluster, server) : [];
  if (routes.length > 0) {
    const picked = pick(routes, request);
    if (picked === undefined) return 404;
    return isLet([...policies, ...policiesFor(cluster, picked.route)]) ? undefined : refused;
  }
  if (policies.length > 0) return isLet(policies) ? undefined : refused;
  return isOpen(server.spec as ServerSpec, identity) ? undefined : refused;
}

function isOpen({ accessPolicy }: ServerSpec, identity: Identity): boolean {
  switch (accessPolicy) {
    case 'all-unauthenticated':
      return true;
    case 'all-authenticated':
      return identity !== undefined;
    case 'deny':
      return false;
    default:
      throw new Error(`accessPolicy ${accessPolicy}`);
  }
}

function selects({ podSelector, port }: ServerSpec, pod: PodPort): boolean {
  return (
    port === pod.port &&
    Object.entries(podSelector.matchLabels).every(([key, value]) => pod.labels[key] === value)
  );
}

/** Routes whose parent is the Server, in the order of their writing. */
function routesOf(
  cluster: readonly KubernetesObject[],
  { metadata }: KubernetesObject,
): readonly KubernetesObject[] {
  return cluster.filter(
    ({ kind, metadata: own, spec }) =>
      kind === 'HTTPRoute' &&
      own.namespace === metadata.namespace &&
      (spec as RouteSpec).parentRefs.some(
        (parent) => parent.kind === 'Server' && parent.name === metadata.name,
      ),
  );
}

function policiesFor(
  cluster: readonly KubernetesObject[],
  { kind, metadata }: KubernetesObject,
): readonly KubernetesObject[] {
  return cluster.filter(({ kind: own, metadata: at, spec }) => {
    if (own !== 'AuthorizationPolicy' || at.namespace !== metadata.namespace) return false;
    const { targetRef } = spec as PolicySpec;
    return targetRef.kind === kind && targetRef.name === metadata.name;
  });
}

/** All authentications of a policy have to hold, and an empty list of them holds for everybody. */
function lets(cluster: readonly KubernetesObject[], policy: KubernetesObject, identity: Identity): boolean {
  const { requiredAuthenticationRefs } = policy.spec as PolicySpec;
  return requiredAuthenticationRefs.every(({ kind, name }) => {
    const found = cluster.find(
      ({ kind: own, metadata }) =>
        own === kind && metadata.name === name && metadata.namespace === policy.metadata.namespace,
    );
    if (found === undefined) return false;
    return kind === 'NetworkAuthentication' || authenticates(found.spec, identity);
  });
}

interface MeshTls {
  readonly identities?: readonly string[];
  readonly identityRefs?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
}

/** Names of accounts are `ACCOUNT.NAMESPACE.serviceaccount.identity.linkerd.DOMAIN`; `*` is any name. */
function authenticates(spec: unknown, identity: Identity): boolean {
  if (identity === undefined) return false;
  const { identities = [], identityRefs = [] } = spec as MeshTls;
  const [name, namespace] = identity.split('.');
  return (
    identities.some((own) => own === '*' || own === identity) ||
    identityRefs.some((ref) =>
      ref.kind === 'Namespace' ? ref.name === namespace : ref.name === name && ref.namespace === namespace,
    )
  );
}
