import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Show } from './show.ts';
import { Stage } from './stage.ts';

/**
 * Performs a demo on a stage of its own, which is gone however the demo ends. The demo gets the Envoy, or undefined if
 * this machine has none.
 */
export async function perform(demo: (show: Show, envoy: string | undefined) => Promise<void>): Promise<void> {
  const started = performance.now();
  const stage = new Stage();
  const show = new Show(stage);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stage.close();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
  try {
    await demo(show, findEnvoy());
    show.say(`\nDone in ${((performance.now() - started) / 1000).toFixed(0)} s; nothing is left running.`);
  } catch (error) {
    show.say(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    stage.close();
  }
}

function findEnvoy(): string | undefined {
  const script = fileURLToPath(new URL('../components/envoy.sh', import.meta.url));
  try {
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch {
    return undefined;
  }
}
