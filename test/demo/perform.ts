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
    const envoy = findEnvoy();
    await demo(show, envoy);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (isKept && envoy !== undefined) await keep(stage, show, seconds);
    show.say(isKept ? '\nNothing is left running.' : `\nDone in ${seconds} s; nothing is left running.`);
  } catch (error) {
    show.say(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    stage.close();
  }
}

/** True if the shop is to run on after the demo. */
const isKept = process.argv.includes('--keep');

/** Leaves everything running until Ctrl-C, and says how to use it. */
async function keep(stage: Stage, show: Show, seconds: string): Promise<void> {
  const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
  show.say(`\nDone in ${seconds} s. The shop goes on until Ctrl-C: in another terminal, say\n`);
  show.tell(
    [
      `cd ${stage.root}`,
      `export XDG_STATE_HOME=$PWD/.state   # the keys of this mesh`,
      `alias mesh='node ${bin}'`,
      'mesh status',
      `curl -H 'host: reviews.shop' http://127.0.0.1:${String(stage.ports['21001'] ?? 21001)}/reviews/7`,
      'edit routes.yaml, then: mesh plan; git commit -am change; mesh apply --release-hold ID',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.removeAllListeners(signal).on(signal, () => resolve());
    // A pending promise alone doesn't keep the process alive.
    const timer = setInterval(() => undefined, 60_000);
    process.on('exit', () => clearInterval(timer));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => clearInterval(timer));
  });
}

function findEnvoy(): string | undefined {
  const script = fileURLToPath(new URL('../components/envoy.sh', import.meta.url));
  try {
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch {
    return undefined;
  }
}
