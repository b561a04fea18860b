import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectCluster } from '../../../src/adapters/cluster/connect-cluster.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { inParallel } from '../../../src/core/outputs/kubernetes/in-parallel.ts';
import type { Cluster, LiveObject, ServedKind } from '../../../src/ports/cluster.ts';
import { customResourceDefinitions } from './crds.ts';
import { kubeconfigText } from './kubeconfig.ts';

/** The kubeconfig of the test server; undefined if there is none. */
export const testKubeconfig = process.env['TEST_KUBECONFIG'];

/** Connects to the test server as one of its users; closed by the caller. */
export function connected(user = 'admin', kubeconfig = testKubeconfig): ReturnType<typeof connectCluster> {
  return withKubeconfig(kubeconfig ?? '', () =>
    connectCluster(user, { clock: systemClock, userAgent: 'mesh/test' }),
  );
}

/** Connects by way of a proxy in front of the test server. */
export function connectedTo(
  address: string,
  folder: string,
  user = 'admin',
): ReturnType<typeof connectCluster> {
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfigText({ server: address, 'insecure-skip-tls-verify': true }));
  return connected(user, file);
}

/** Runs with KUBECONFIG set to a file. */
export function withKubeconfig<T>(file: string, run: () => T): T {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = file;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
}

/** Returns a kind that the server serves. */
export async function kindOf(cluster: Cluster, apiVersion: string, kind: string): Promise<ServedKind> {
  const served = await cluster.served(apiVersion, kind);
  if (served === undefined) throw new Error(`the test server has no ${apiVersion} ${kind}`);
  return served;
}

/** Makes a namespace that isn't there. */
export async function ensureNamespace(cluster: Cluster, name: string): Promise<void> {
  const kind = await kindOf(cluster, 'v1', 'Namespace');
  await cluster.create(kind, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Installs the CRDs that aren't there, and waits until the server serves their kinds. Default: those that targets write. */
export async function installCrds(
  cluster: Cluster,
  wanted: readonly object[] = customResourceDefinitions(),
): Promise<void> {
  const kind = await kindOf(cluster, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  const known = new Set(
    (await cluster.list(kind, { metadataOnly: true })).objects.map(({ metadata }) => metadata.name),
  );
  const all = wanted as readonly LiveObject[];
  const crds = all.filter(({ metadata }) => !known.has(metadata.name));
  await inParallel(crds, 8, async (crd) => {
    const answer = await cluster.apply(kind, crd, { manager: 'crds' });
    if (answer.state !== 'applied') throw new Error(`${crd.metadata.name}: ${JSON.stringify(answer)}`);
  });
  for (const crd of crds) {
    const { group, names, versions } = crd['spec'] as unknown as CrdSpec;
    for (let tries = 0; ; tries += 1) {
      if (await cluster.served(`${group}/${versions[0]?.name ?? ''}`, names.kind)) break;
      if (tries > 200) throw new Error(`${names.kind} of ${group} is not served`);
      await systemClock.sleep(50);
    }
  }
}

interface CrdSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string }[];
}
