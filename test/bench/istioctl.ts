import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianTime } from './measured-process.ts';
import type { MeshShape } from './mesh-shape.ts';

const script = fileURLToPath(new URL('../components/istio.sh', import.meta.url));

/** The istioctl that is there; it is never built for this. */
export function foundIstioctl(): string | undefined {
  const { status, stdout } = spawnSync(script, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ISTIO_BUILD: 'no' },
  });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** Seconds that istioctl takes for what was compiled, with `objects` (YAML) beside it. */
export function istioctlFigures(istioctl: string, output: string, objects: string, runs: number) {
  const manifests = path.join(output, 'manifests');
  writeFileSync(path.join(manifests, 'services.yaml'), objects);
  const command = { program: istioctl, cwd: output, expected: [0] };
  return {
    analyze: medianTime({ ...command, args: ['analyze', '--use-kube=false', '-A', manifests] }, runs),
    validate: medianTime({ ...command, args: ['validate', '-f', manifests] }, runs),
  };
}

/** Returns the Namespaces and Services that a generated mesh implies. */
export function implied({ placeOf, port }: MeshShape, size: number): string {
  const namespaces = new Set<string>();
  const documents: string[] = [];
  for (let number = 0; number < size; number += 1) {
    const { name, namespace } = placeOf(number);
    if (!namespaces.has(namespace)) {
      namespaces.add(namespace);
      documents.push(
        `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {istio-injection: enabled}}\n`,
      );
    }
    documents.push(
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: {app: ${name}}, ports: [{name: http, port: ${String(port)}}]}\n`,
    );
  }
  return documents.join('---\n');
}
