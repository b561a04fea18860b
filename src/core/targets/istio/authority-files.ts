import { type AuthorityFiles, type AuthorityMaterial, secretData } from '../authority-files.ts';
import { yamlText } from '../yaml-text.ts';

/**
 * Returns the files of the Secret `cacerts`, by the names that istiod reads, and the Secret itself. During a rotation
 * the roots stay in their order: istiod takes a bundle only if the old text is a part of the new one.
 */
export function authorityFiles({ certificate, key, root, bundle }: AuthorityMaterial): AuthorityFiles {
  const data = {
    'ca-cert.pem': certificate,
    'ca-key.pem': key,
    'cert-chain.pem': certificate + root,
    'root-cert.pem': bundle,
  };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cacerts', namespace: 'istio-system' },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, secretData(text)])),
  };
  return {
    files: [
      ...Object.entries(data).map(([name, text]) => ({ name, text, isSecret: name === 'ca-key.pem' })),
      { name: 'cacerts.yaml', text: yamlText(secret), isSecret: true },
    ],
    next: 'kubectl apply -f cacerts.yaml, then restart istiod if the roots changed',
  };
}
