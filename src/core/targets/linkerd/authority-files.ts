import { type AuthorityFiles, type AuthorityMaterial, secretData } from '../authority-files.ts';
import { yamlText } from '../yaml-text.ts';

/**
 * Returns the trust anchors and the issuer of Linkerd's identity service, as its external authority
 * (`identity.externalCA`, `identity.issuer.scheme: kubernetes.io/tls`).
 */
export function authorityFiles({ certificate, key, root, bundle }: AuthorityMaterial): AuthorityFiles {
  const anchors = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
    data: { 'ca-bundle.crt': bundle },
  };
  const data = { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': root };
  const issuer = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'linkerd-identity-issuer', namespace: 'linkerd' },
    type: 'kubernetes.io/tls',
    data: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, secretData(text)])),
  };
  return {
    files: [
      { name: 'trust-roots.yaml', text: yamlText(anchors), isSecret: false },
      { name: 'issuer.yaml', text: yamlText(issuer), isSecret: true },
    ],
    next: 'kubectl apply -f trust-roots.yaml -f issuer.yaml; after a change of the anchors restart the control plane and every meshed pod',
  };
}
