import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext, Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import { foreignKinds, readForeign, readMeshObject, trustDomainOf } from './mesh.ts';
import { readPermissions } from './permissions.ts';
import { readRoutes } from './routes.ts';
import { readSettings, settingKinds } from './settings.ts';

const kinds: readonly string[] = [
  'Mesh',
  'MeshHTTPRoute',
  'MeshIdentity',
  'MeshPassthrough',
  'MeshTCPRoute',
  'MeshTrafficPermission',
  ...settingKinds,
  ...foreignKinds,
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

/** Reads the objects of Kuma on Kubernetes. */
const reader: Reader = {
  usesKubernetes: true,
  takes: ({ group, kind }) => group === 'kuma.io' && kinds.includes(kind),
  read(all, context) {
    for (const document of all) {
      readHeader(document);
      // Kuma also takes the mesh beside the header.
      document.root.at('mesh').withoutEffect('the spec is of one mesh');
    }
    const documents = ofOneMesh(all, context);
    const of = (kind: string): readonly NativeDocument[] => documents.filter((one) => one.kind === kind);
    for (const document of documents) if (foreignKinds.includes(document.kind)) readForeign(document);
    const trustDomain = trustDomainOf(of('MeshIdentity'));
    const meshes = of('Mesh').map(readMeshObject);
    const isOpen =
      meshes.length > 0 && meshes.every(({ hasIdentity }) => !hasIdentity) && of('MeshIdentity').length === 0;
    const settings = readSettings(
      documents.filter(({ kind }) => settingKinds.includes(kind)),
      context,
    );
    const permissions = of('MeshTrafficPermission');
    if (isOpen)
      for (const { root } of permissions)
        root.at('spec').withoutEffect('without identities Kuma asks for no permission');
    const passthrough = of('MeshPassthrough').map(({ root }) => {
      const mode = root.along('spec', 'default', 'passthroughMode').text();
      const isForAll = (root.along('spec', 'targetRef', 'kind').text() ?? 'Mesh') === 'Mesh';
      if (!isForAll)
        root.at('spec').lost({ callers: 'egress is closed for all callers alike', access: 'narrower' });
      root
        .along('spec', 'default', 'appendMatch')
        .lost({ callers: 'these hosts are not reached: write Externals', access: 'narrower' });
      return mode === 'All' && isForAll;
    });
    return {
      documents: [
        ...settings.documents,
        ...readRoutes([...of('MeshHTTPRoute'), ...of('MeshTCPRoute')], context),
        ...(isOpen ? [] : readPermissions(permissions, trustDomain, context)),
      ],
      mesh: {
        trustDomain,
        mtls: isOpen ? 'disabled' : 'strict',
        access: isOpen ? 'allow' : 'deny',
        egress:
          passthrough.length > 0
            ? passthrough.every(Boolean)
              ? 'allow'
              : 'deny'
            : meshes.some(({ closes }) => closes)
              ? 'deny'
              : 'allow',
        defaults: {
          ...defaults,
          ...settings.mesh,
          connections: { ...defaults.connections, ...settings.mesh.connections },
        },
      },
    } satisfies ReadMesh;
  },
};

export default reader;

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

/** Returns the name of the mesh of a Mesh or of a policy of access. */
function meshOf({ kind, name, root }: NativeDocument): string | undefined {
  if (kind === 'Mesh') return name;
  if (kind !== 'MeshTrafficPermission') return undefined;
  const named = [root.along('metadata', 'labels', 'kuma.io/mesh').value, root.at('mesh').value];
  return named.find((one) => typeof one === 'string') ?? 'default';
}
