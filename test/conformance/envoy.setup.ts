import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/envoy.sh', import.meta.url));

/**
 * Sets `ENVOY` to the path of an Envoy that runs, or prints that its tests are skipped; in CI a missing Envoy is a
 * failure.
 */
export default function setup(): void {
  try {
    process.env['ENVOY'] = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  } catch (error) {
    if (process.env['CI'])
      throw new Error('CI has no Envoy, so nothing would be proved on a real proxy', { cause: error });
    delete process.env['ENVOY'];
    console.warn(
      '\nNO ENVOY: every test on a real proxy is skipped. The lines above say why and what to do.\n',
    );
  }
}
