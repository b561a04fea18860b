import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/cilium.sh', import.meta.url));

/**
 * Sets `CILIUM_POLICY` to the path of Cilium's policy engine, or prints that its tests are skipped. It never builds the
 * engine, which takes minutes: `npm run cilium` does.
 */
export default function setup(): void {
  try {
    process.env['CILIUM_POLICY'] = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CILIUM_BUILD: 'no' },
    }).trim();
  } catch {
    delete process.env['CILIUM_POLICY'];
    console.warn(
      "\nNO CILIUM: the tests of the target cilium on Cilium's own policy engine are skipped. `npm run cilium` builds it, with Go.\n",
    );
  }
}
