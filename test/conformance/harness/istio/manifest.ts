import type { Json } from '../../../../src/core/targets/artifact.ts';
import { yamlText } from '../../../../src/core/targets/yaml-text.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** Objects as one file, as they are written for people to apply. */
export function manifest(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => yamlText(object as unknown as Json)).join('---\n');
}
