import type { ReadContext } from '../../../import/reader.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';
import type { Objects } from './objects.ts';

/** The fields of the Mesh, and whether every node may call every host. */
export interface ReadMeshes {
  readonly mesh: Partial<MeshSpec>;
  readonly isOpen: boolean;
}

/**
 * Reads the Mesh. By default a node calls the virtual services that it names and nothing else; a route without a policy of
 * its own is tried two times more, and ends after 15 seconds (the user guide, "Envoy defaults").
 */
export function readMeshes(objects: Objects, { refuse, assume }: ReadContext): ReadMeshes {
  const [first, ...others] = objects.all('Mesh');
  for (const { document } of others)
    refuse(document, 'a repository has one mesh; import its objects by themselves');
  const spec = first?.spec;
  const [other] = objects.all('VirtualNode');
  if (first === undefined && other !== undefined)
    assume(other.document, {
      subject: 'if nodes may call hosts that are none of their backends',
      assumption: 'the Mesh has `access: deny` and `egress: deny`, as where `egressFilter` is left out',
      way: 'import the Mesh object, too',
    });
  const egress = spec?.along('egressFilter', 'type').text();
  spec?.at('namespaceSelector').withoutEffect('the spec has the namespaces of its documents');
  spec?.at('meshOwner').withoutEffect('accounts of AWS have no part in the language');
  for (const name of ['meshServiceDiscovery', 'serviceDiscovery'])
    spec?.along(name, 'ipPreference').withoutEffect('proxies take addresses of either kind');
  first?.root.at('meshName').withoutEffect('the mesh in the language has the name of its repository');
  const isOpen = egress === 'ALLOW_ALL';
  return {
    isOpen,
    mesh: {
      mtls: 'permissive',
      access: isOpen ? 'allow' : 'deny',
      egress: isOpen ? 'allow' : 'deny',
      defaults: {
        timeout: '15s',
        retries: { attempts: 2, on: ['connect-failure', 'refused-stream', 503], methods: 'all' },
      },
    },
  };
}
