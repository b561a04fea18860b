import type { KubernetesObject } from './kubernetes-object.ts';

/** Returns the `extensionProviders` of a MeshConfig that objects need, each once. */
export function neededProviders(objects: readonly KubernetesObject[]): readonly object[] {
  const said = objects.flatMap(({ metadata }) => {
    const text = metadata.annotations?.['meshwright.dev/needs-providers'] ?? '[]';
    return (JSON.parse(text) as readonly object[]).map((provider) => JSON.stringify(provider));
  });
  return [...new Set(said)].map((provider) => JSON.parse(provider) as object);
}
