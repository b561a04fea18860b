import type { Ir } from '../../ir/ir.ts';
import type { Artifact, ObjectArtifact } from '../artifact.ts';
import { type AuthorityPlace, authorityCertificate } from './authority-certificate.ts';
import { spireObjects } from './spire-objects.ts';
import { type BundlePlace, trustBundle } from './trust-bundle.ts';

/** The places at which a mesh reads certificates, and the delegates that it works with. */
export interface DelegatedMesh {
  readonly authority: AuthorityPlace;
  /** Absent if the mesh hands out its roots itself. */
  readonly bundle?: BundlePlace;
  /** True if proxies of the mesh take certificates from SPIRE's agents. */
  readonly takesSpire: boolean;
}

/** Returns the objects by which the delegate of a mesh makes its certificates; `roots` (PEM) are those of the trust file. */
export function delegatedObjects(
  ir: Ir,
  { authority, bundle, takesSpire }: DelegatedMesh,
  roots: string | undefined,
): readonly ObjectArtifact[] {
  const { delegate } = ir.certificates;
  if (delegate === 'spire') return takesSpire ? spireObjects(ir) : [];
  if (delegate !== 'cert-manager') return [];
  const certificate = authorityCertificate(ir, authority);
  return [
    ...(certificate === undefined ? [] : [certificate]),
    ...(bundle === undefined || roots === undefined ? [] : [trustBundle(ir, bundle, roots)]),
  ];
}

/** Returns true for a Bundle of trust-manager, which holds the roots of the trust file and nothing else. */
export function isTrustBundle(artifact: Artifact): boolean {
  return artifact.type === 'object' && artifact.kind === 'Bundle';
}
