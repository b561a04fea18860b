import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/istio.sh', import.meta.url));

/**
 * Sets `ISTIOCTL` and `ISTIO_XDS` to the paths of istioctl and istio-xds, or prints that their tests are skipped. It
 * never builds them, which takes minutes: `npm run istio` does.
 */
export default function setup(): void {
  try {
    const said = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ISTIO_BUILD: 'no' },
    });
    [process.env['ISTIOCTL'], process.env['ISTIO_XDS']] = said.trim().split('\n');
  } catch {
    delete process.env['ISTIOCTL'];
    delete process.env['ISTIO_XDS'];
    console.warn(
      '\nNO ISTIO: every test of the target istio on istioctl, and on real proxies by way of istiod, is skipped. `npm run istio` builds what they need, with Go.\n',
    );
  }
}
