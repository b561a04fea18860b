import type { Json } from '../../lib/json.ts';
import { type AuthorityFiles, type AuthorityMaterial, secretData } from '../authority-files.ts';
import { yamlText } from '../yaml-text.ts';

/** The Secrets with the certificate and the key of the authority of a MeshIdentity. */
export const authoritySecrets = {
  certificate: 'mesh-authority-certificate',
  key: 'mesh-authority-key',
} as const;

/**
 * Returns the Secrets from which a MeshIdentity takes its authority (option `authority: secret`), in the default Mesh and
 * namespace: the certificate of the issuer comes first, that of the root last.
 */
export function authorityFiles({ certificate, intermediates, root, key }: AuthorityMaterial): AuthorityFiles {
  return {
    files: [
      {
        name: 'authority-certificate.yaml',
        text: yamlText(secret(authoritySecrets.certificate, certificate + intermediates + root)),
        isSecret: false,
      },
      { name: 'authority-key.yaml', text: yamlText(secret(authoritySecrets.key, key)), isSecret: true },
    ],
    next: 'set `authority: secret` among the options of the target, then kubectl apply -f authority-certificate.yaml -f authority-key.yaml; in another Mesh or namespace change the label and the namespace before',
  };
}

function secret(name: string, text: string): Json {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'kuma-system', labels: { 'kuma.io/mesh': 'default' } },
    type: 'system.kuma.io/secret',
    data: { value: secretData(text) },
  };
}
