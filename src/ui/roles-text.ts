import type { Json } from '../core/targets/artifact.ts';
import { yamlText } from '../core/targets/yaml-text.ts';
import { jsonText } from './json-text.ts';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Returns objects of Kubernetes as YAML that `kubectl apply -f -` takes, with the commands that bind each role. */
export function rolesText(objects: readonly object[]): string {
  return objects
    .map((object) => `---\n${bindingOf(object as Named)}${yamlText(object as unknown as Json)}`)
    .join('');
}

/** Returns the objects as a Kubernetes List in JSON. */
export function rolesJson(objects: readonly object[]): string {
  return jsonText({ apiVersion: 'v1', kind: 'List', items: objects });
}

function bindingOf({ kind, metadata: { name, namespace } }: Named): string {
  const binding = {
    ClusterRole: `clusterrolebinding ${name} --clusterrole=${name}`,
    Role: `rolebinding ${name} --namespace=${namespace ?? ''} --role=${name}`,
  }[kind];
  return binding === undefined ? '' : `# kubectl create ${binding} --user=USER\n`;
}
