import type { Ir } from '../../ir/ir.ts';
import type { Delegate, Delegation } from '../delegation.ts';
import type { DelegatedMesh } from './delegated-objects.ts';

/** Returns the places of Istio: istiod reads the Secret `cacerts`, and hands out the root in it. */
export function istioDelegation({ trustDomain }: Ir, namespace: string): DelegatedMesh {
  return {
    authority: { namespace, secret: 'cacerts', commonName: `istio.${trustDomain}` },
    takesSpire: true,
  };
}

/** The name of the ConfigMap with Linkerd's trust anchors. */
export const anchorsName = 'linkerd-identity-trust-roots';

/** The namespace of Linkerd's control plane. */
const linkerdNamespace = 'linkerd';

/** Returns the places of Linkerd's identity service with an external authority (`identity.externalCA`). */
export function linkerdDelegation({ trustDomain }: Ir): DelegatedMesh {
  return {
    authority: {
      namespace: linkerdNamespace,
      secret: 'linkerd-identity-issuer',
      commonName: `identity.${linkerdNamespace}.${trustDomain}`,
    },
    bundle: {
      namespace: linkerdNamespace,
      configMap: anchorsName,
      key: 'ca-bundle.crt',
    },
    takesSpire: false,
  };
}

/** Returns the way in which Istio takes certificates from a delegate. */
export function istioTakes(delegate: Delegate): Delegation {
  return delegate === 'spire' ? {} : { lifetimePlace: '`DEFAULT_WORKLOAD_CERT_TTL` of istiod' };
}

/** Returns the way in which Linkerd takes certificates from a delegate. */
export function linkerdTakes(delegate: Delegate): Delegation {
  return delegate === 'spire'
    ? { refuses: "proxies of Linkerd ask Linkerd's own identity service" }
    : { lifetimePlace: '`identity.issuer.issuanceLifetime` of Linkerd' };
}
