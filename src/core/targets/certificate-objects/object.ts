import type { Json, ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type { OwnedKind } from '../target.ts';
import type { BundleSpec, CertificateSpec } from './certificates.gen.ts';

/** The API version of each kind that cert-manager and trust-manager define. */
export const crdVersions = {
  Certificate: 'cert-manager.io/v1',
  Bundle: 'trust.cert-manager.io/v1alpha1',
} as const;

const apiVersions = { ...crdVersions, ClusterSPIFFEID: 'spire.spiffe.io/v1alpha1' } as const;

/** The part of a ClusterSPIFFEID (spire-controller-manager) that is written. */
interface ClusterSpiffeIdSpec {
  readonly className?: string;
  readonly spiffeIDTemplate: string;
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly ttl?: string;
}

interface Specs {
  readonly Certificate: CertificateSpec;
  readonly Bundle: BundleSpec;
  readonly ClusterSPIFFEID: ClusterSpiffeIdSpec;
}

/** The parts of an object of a delegate. Objects of the kinds Bundle and ClusterSPIFFEID have no namespace. */
interface CertificateObjectParts<K extends keyof Specs>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of cert-manager, trust-manager or SPIRE. */
export function object<K extends keyof Specs>({ kind, ...parts }: CertificateObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, kind, apiVersion: apiVersions[kind], spec: parts.spec as Json });
}

/** The kinds that a target writes for certificates. */
export const certificateKinds: readonly OwnedKind[] = [
  ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
  { apiVersion: 'v1', kind: 'ConfigMap' },
];
