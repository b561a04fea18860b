import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../components/consul.sh', import.meta.url));

/**
 * Sets `CONSUL` to the path of Consul's agent, or prints that its tests are skipped. It never builds the agent, which
 * takes minutes: `npm run consul` does.
 */
export default function setup(): void {
  try {
    process.env['CONSUL'] = execFileSync(script, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CONSUL_BUILD: 'no' },
    }).trim();
  } catch {
    delete process.env['CONSUL'];
    console.warn(
      '\nNO CONSUL: every test of the target consul on its real agent is skipped. `npm run consul` builds the agent, with Go.\n',
    );
  }
}
