import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/pre-commit.sh', import.meta.url));

/**
 * Sets `PRE_COMMIT` to the path of a pre-commit, or prints that its tests are skipped; in CI a missing pre-commit is a
 * failure.
 */
export default function setup(): void {
  try {
    process.env['PRE_COMMIT'] = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  } catch (error) {
    if (process.env['CI']) throw new Error('CI has no pre-commit to try the hooks with', { cause: error });
    delete process.env['PRE_COMMIT'];
    console.warn('\nNO PRE-COMMIT: its hooks are not tried. The lines above say why and what to do.\n');
  }
}
