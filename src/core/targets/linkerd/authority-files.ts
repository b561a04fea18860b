import type { AuthorityFiles, AuthorityMaterial } from '../authority-files.ts';
import { authorityForms, authoritySecret } from '../authority-form.ts';
import { yamlText } from '../yaml-text.ts';

/**
 * Returns the trust anchors and the issuer of Linkerd's identity service, as its external authority
 * (`identity.externalCA`, `identity.issuer.scheme: kubernetes.io/tls`).
 */
export function authorityFiles(material: AuthorityMaterial): AuthorityFiles {
  const anchors = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
    data: { 'ca-bundle.crt': material.bundle },
  };
  const issuer = authoritySecret(authorityForms['linkerd-issuer'], material, {
    name: 'linkerd-identity-issuer',
    namespace: 'linkerd',
  });
  return {
    files: [
      { name: 'trust-roots.yaml', text: yamlText(anchors), isSecret: false },
      { name: 'issuer.yaml', text: yamlText(issuer), isSecret: true },
    ],
    next: 'kubectl apply -f trust-roots.yaml -f issuer.yaml; after a change of the anchors restart the control plane and every meshed pod',
  };
}
