import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../bin/mesh.js', import.meta.url));

/** The end of a process of `mesh`. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a process of the built `mesh`, with its own folder of keys. */
export async function runProcess(
  words: readonly string[],
  {
    root,
    kubeconfig,
    started,
  }: { readonly root: string; readonly kubeconfig: string; readonly started?: (kill: () => void) => void },
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...words, '--root', root], {
    env: { ...process.env, KUBECONFIG: kubeconfig, XDG_STATE_HOME: path.join(root, '.state') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started?.(() => child.kill('SIGKILL'));
  const written = { out: '', error: '' };
  child.stdout.on('data', (piece: Buffer) => (written.out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (written.error += piece.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...written };
}
