import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/step.sh', import.meta.url));

/** Sets `STEP` to the path of Smallstep's command, or prints that its tests are skipped. It never builds the command. */
export default function setup(): void {
  try {
    process.env['STEP'] = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, STEP_BUILD: 'no' },
    }).trim();
  } catch {
    delete process.env['STEP'];
    console.warn(
      '\nNO STEP: the tests with `step certificate sign` are skipped. `npm run step` builds it, with Go.\n',
    );
  }
}
