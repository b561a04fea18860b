import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext, Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { readMeshObject, readUncarried, trustDomainOf, uncarriedKinds } from './mesh.ts';
import { readPermissions } from './permissions.ts';
import type { KumaContext } from './places.ts';
import { readRateLimits } from './rate-limits.ts';
import { readRoutes } from './routes.ts';
import { readSettings, settingKinds } from './settings.ts';
import { isUniversal, readUniversalHeader, universalAsObject } from './universal.ts';
import { type UniversalServices, universalServices } from './universal-services.ts';
import { versionServices } from './versions.ts';

const kinds: readonly string[] = [
  'Mesh',
  'MeshHTTPRoute',
  'MeshIdentity',
  'MeshPassthrough',
  'MeshRateLimit',
  'MeshTCPRoute',
  'MeshTrafficPermission',
  ...settingKinds,
  ...uncarriedKinds,
];

/** The policies that a control plane makes for a new Mesh, where the input has none of their kind for all callees. */
const defaults: MeshSpec['defaults'] = {
  timeout: '15s',
  connections: { connectTimeout: '5s', maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024 },
  retries: {
    attempts: 5,
    perTryTimeout: '16s',
    backoff: '25ms',
    on: ['gateway-error', 'connect-failure', 'refused-stream'],
    methods: 'all',
  },
  loadBalancing: { algorithm: 'round-robin' },
};

/** Reads the objects of Kuma on Kubernetes, and its resources outside of it. */
const reader: Reader = {
  usesKubernetes: true,
  // The Service of a version stands beside the policies that send to it.
  takes: (document) => isObject(document) || isUniversal(document, kinds) || isKubernetesService(document),
  read(native, given) {
    const { objects, resources } = headed(native.filter((one) => !isKubernetesService(one)));
    const services = universalServices(resources, given.inventory);
    const context = {
      ...contextOf(given, services, new Set(resources)),
      versions: versionServices(native.filter(isKubernetesService), given.inventory, given.namespaceOf),
    };
    const documents = ofOneMesh([...objects, ...resources], context);
    const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
    const isService = (one: NativeDocument): boolean =>
      resources.includes(one) && ['Dataplane', 'MeshService'].includes(one.kind);
    for (const document of documents)
      if (uncarriedKinds.includes(document.kind) && !isService(document)) readUncarried(document);
    const trustDomain = trustDomainOf(of('MeshIdentity'));
    const meshes = of('Mesh').map(readMeshObject);
    const isOpen =
      meshes.length > 0 && meshes.every(({ hasIdentity }) => !hasIdentity) && of('MeshIdentity').length === 0;
    if (meshes.length === 0 && of('MeshIdentity').length === 0) assumeIdentities(documents, context);
    const settings = readSettings(
      documents.filter(({ kind }) => settingKinds.includes(kind)),
      context,
    );
    const permissions = of('MeshTrafficPermission');
    if (isOpen)
      for (const { root } of permissions)
        root.at('spec').withoutEffect('without identities Kuma asks for no permission');
    return {
      documents: [
        ...services.documents,
        ...settings.documents,
        ...readRateLimits(of('MeshRateLimit'), context),
        ...readRoutes([...of('MeshHTTPRoute'), ...of('MeshTCPRoute')], context),
        ...(isOpen ? [] : readPermissions(permissions, trustDomain, context)),
      ],
      mesh: {
        trustDomain,
        mtls: isOpen ? 'disabled' : 'strict',
        access: isOpen ? 'allow' : 'deny',
        egress: egressOf(
          of('MeshPassthrough'),
          meshes.some(({ closes }) => closes),
        ),
        defaults: {
          ...defaults,
          ...settings.mesh,
          connections: { ...defaults.connections, ...settings.mesh.connections },
        },
        ...(resources.length > 0 &&
          objects.length === 0 && {
            targets: { kuma: { platform: 'kuma', options: { mode: 'universal' } } },
          }),
      },
    } satisfies ReadMesh;
  },
};

export default reader;

/** Without a Mesh nobody says if proxies have identities: only then Kuma asks for permissions. */
function assumeIdentities([first]: readonly NativeDocument[], { assume }: ReadContext): void {
  if (first !== undefined)
    assume(first, {
      subject: 'if proxies have identities, without which Kuma lets every caller in',
      assumption: 'the Mesh has `mtls: strict` and `access: deny`',
      way: 'import the Mesh and its MeshIdentities, too',
    });
}

function isObject({ group, kind }: NativeDocument): boolean {
  return group === 'kuma.io' && kinds.includes(kind);
}

function isKubernetesService({ group, kind }: NativeDocument): boolean {
  return group === '' && kind === 'Service';
}

/** Returns the documents of both forms, whose headers are accounted for. */
function headed(native: readonly NativeDocument[]) {
  const objects = native.filter(isObject);
  const resources = native.filter((one) => !isObject(one)).map(universalAsObject);
  for (const document of resources) readUniversalHeader(document);
  for (const document of objects) {
    readHeader(document);
    // Kuma also takes the mesh beside the header.
    document.root.at('mesh').withoutEffect('the spec is of one mesh');
  }
  return { objects, resources };
}

/** Returns the posture for hosts outside: that of the policies, or else that of the Mesh. */
function egressOf(policies: readonly NativeDocument[], isClosed: boolean): 'allow' | 'deny' {
  const opens = policies.map(({ root }) => {
    const mode = root.along('spec', 'default', 'passthroughMode').text();
    const isForAll = (root.along('spec', 'targetRef', 'kind').text() ?? 'Mesh') === 'Mesh';
    if (!isForAll)
      root.at('spec').lost({ callers: 'egress is closed for all callers alike', access: 'narrower' });
    root
      .along('spec', 'default', 'appendMatch')
      .lost({ callers: 'these hosts are not reached: write Externals', access: 'narrower' });
    return mode === 'All' && isForAll;
  });
  if (opens.length > 0) return opens.every(Boolean) ? 'allow' : 'deny';
  return isClosed ? 'deny' : 'allow';
}

/** Resources outside of Kubernetes hold for the whole mesh, as those in the namespace of the control plane do. */
function contextOf(
  context: ReadContext,
  { inventory, named }: UniversalServices,
  resources: ReadonlySet<NativeDocument>,
): Omit<KumaContext, 'versions'> {
  return {
    ...context,
    inventory,
    named,
    namespaceOf: (document) => (resources.has(document) ? 'kuma-system' : context.namespaceOf(document)),
  };
}

/** Returns the documents of the first mesh, and refuses those of others. */
function ofOneMesh(documents: readonly NativeDocument[], context: ReadContext): readonly NativeDocument[] {
  const names = documents.map(meshOf);
  const first = names.find((name) => name !== undefined);
  return documents.filter((document, index) => {
    const isOther = names[index] !== undefined && names[index] !== first;
    if (isOther) context.refuse(document, 'it is of another mesh than the others: import one mesh at a time');
    return !isOther;
  });
}

/** Returns the name of the mesh that a resource says; a policy of access that says none is of the mesh `default`. */
function meshOf({ kind, name, root }: NativeDocument): string | undefined {
  if (kind === 'Mesh') return name;
  const named = [root.along('metadata', 'labels', 'kuma.io/mesh').value, root.at('mesh').value];
  const said = named.find((one) => typeof one === 'string');
  return said ?? (kind === 'MeshTrafficPermission' ? 'default' : undefined);
}
