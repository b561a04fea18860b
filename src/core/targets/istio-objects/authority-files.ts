import type { AuthorityFiles, AuthorityMaterial } from '../authority-files.ts';
import { authorityForms, authoritySecret } from '../authority-form.ts';
import { yamlText } from '../yaml-text.ts';

/**
 * Returns the files of the Secret `cacerts`, by the names that istiod reads, and the Secret itself. During a rotation
 * the roots stay in their order: istiod takes a bundle only if the old text is a part of the new one.
 */
export function authorityFiles(material: AuthorityMaterial): AuthorityFiles {
  const form = authorityForms['istio-cacerts'];
  const data = form.data(material);
  const secret = authoritySecret(form, material, { name: 'cacerts', namespace: 'istio-system' });
  return {
    files: [
      ...Object.entries(data).map(([name, text]) => ({ name, text, isSecret: name === 'ca-key.pem' })),
      { name: 'cacerts.yaml', text: yamlText(secret), isSecret: true },
    ],
    next: 'kubectl apply -f cacerts.yaml, then restart istiod if the roots changed',
  };
}
