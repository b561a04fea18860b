import type { Ir } from '../../ir/ir.ts';
import type { Artifact } from '../artifact.ts';
import { type AuthorityFormName, authorityId } from '../authority-form.ts';
import { configMap } from '../kubernetes-objects/config-map.ts';
import type { DelegatedMesh } from './delegated-objects.ts';

/** JSON Schema of the option by which a target hands its issuer over. */
export const authorityOption = {
  enum: ['expect', 'write'],
  default: 'expect',
  description:
    'The issuer of the authority that the mesh itself runs. write: an apply hands over the issuer that `mesh certs init` made for this target, and its trusted roots. expect: the mesh has an issuer already, or somebody else gives it one.',
};

/**
 * Returns the request for the issuer of a mesh's own authority, and the ConfigMap with its roots if the mesh reads them
 * from one; `roots` (PEM) are those of the trust file. Returns an empty list if the mesh has a delegate.
 */
export function authorityObjects(
  ir: Ir,
  { authority, bundle }: DelegatedMesh,
  form: AuthorityFormName,
  roots: string | undefined,
): readonly Artifact[] {
  if (ir.certificates.delegate !== 'none') return [];
  const { namespace, secret } = authority;
  const request: Artifact = {
    type: 'certificate',
    kind: 'Certificate',
    name: secret,
    namespace,
    origins: [ir.origin],
    subject: `spiffe://${ir.trustDomain}`,
    profile: 'authority',
    form,
    proxy: authorityId(namespace, secret),
  };
  if (bundle === undefined || roots === undefined) return [request];
  const anchors = configMap({
    namespace: bundle.namespace,
    name: bundle.configMap,
    from: `Mesh/${ir.name}`,
    origins: [ir.origin],
    data: { [bundle.key]: roots },
  });
  return [request, anchors];
}
