import type { Ir } from '../../ir/ir.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { object } from './object.ts';

/** The ConfigMap in which a mesh reads the roots that its proxies trust. */
export interface BundlePlace {
  readonly namespace: string;
  /** The name of the ConfigMap; trust-manager gives it the name of the Bundle. */
  readonly configMap: string;
  readonly key: string;
}

/** Returns the Bundle by which trust-manager writes the roots of the trust file (PEM) into a ConfigMap of one namespace. */
export function trustBundle(ir: Ir, place: BundlePlace, roots: string): ObjectArtifact {
  return object({
    kind: 'Bundle',
    namespace: '',
    name: place.configMap,
    from: `Mesh/${ir.name}`,
    origins: [ir.origin],
    spec: {
      sources: [{ inLine: roots }],
      target: {
        configMap: { key: place.key },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': place.namespace } },
      },
    },
  });
}
