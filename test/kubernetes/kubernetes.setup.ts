import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { offerApiServers } from './harness/worker-servers.ts';

const script = fileURLToPath(new URL('../components/kubernetes.sh', import.meta.url));

/**
 * Offers an API server for each worker at the address in `TEST_API_SERVERS`, or says that the tests on it are skipped. It
 * never builds one, which takes minutes: `npm run kubernetes` does. In CI its absence is a failure unless `WITHOUT_KUBERNETES` says that
 * it is known.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  delete process.env['TEST_API_SERVERS'];
  const programs = found();
  if (programs === undefined) {
    if (process.env['CI'] && !process.env['WITHOUT_KUBERNETES'])
      throw new Error('CI has no kube-apiserver, so nothing would be proved on a real one');
    console.warn(
      '\nNO KUBERNETES: every test on a real API server is skipped. `npm run kubernetes` builds what they need, with Go.\n',
    );
    return undefined;
  }
  const servers = await offerApiServers(programs);
  process.env['TEST_API_SERVERS'] = servers.address;
  return servers.stop;
}

function found(): { readonly apiserver: string; readonly etcd: string } | undefined {
  try {
    const said = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, KUBERNETES_BUILD: 'no' },
    });
    const [apiserver = '', etcd = ''] = said.trim().split('\n');
    return { apiserver, etcd };
  } catch {
    return undefined;
  }
}
