import type { Json } from '../../../../src/core/targets/artifact.ts';
import { yamlText } from '../../../../src/core/targets/yaml-text.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** Returns objects as one file, in the form in which people apply them. */
export function manifest(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => yamlText(object as unknown as Json)).join('---\n');
}
