import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from './stage.ts';

interface Description {
  readonly id: string;
  readonly bootstrap: string;
  readonly workingDirectory: string;
  readonly arguments: readonly string[];
  readonly admin: string;
}

/** Starts the Envoys in the applied `index.json`; resolves with their number once all are ready. */
export async function startProxies(stage: Stage, envoy: string, directory: string): Promise<number> {
  const index = readFileSync(path.join(directory, 'config/current/index.json'), 'utf8');
  const { proxies } = JSON.parse(index) as { proxies: readonly Description[] };
  for (const { bootstrap, workingDirectory, arguments: own } of proxies) {
    const args = ['-c', path.resolve(directory, bootstrap), ...own, '--concurrency', '1'];
    stage.background(envoy, args, path.resolve(directory, workingDirectory));
  }
  await Promise.all(proxies.map(ready));
  return proxies.length;
}

async function ready({ id, admin }: Description): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const answer = await fetch(`http://${admin}/ready`).then(
      (response) => response.text(),
      () => '',
    );
    if (answer.startsWith('LIVE')) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the Envoy ${id} did not get ready`);
}
