import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ran, World, Wrapper } from './world.ts';

/** The system calls that make writes durable; strace numbers the calls of each kind separately. */
export const calls = ['fsync', 'rename', 'link', 'unlink'] as const;

export type Call = (typeof calls)[number];

/** A moment of a run: right before call number `at` of this kind. */
export interface Moment {
  readonly call: Call;
  readonly at: number;
}

/** Returns the reason why no process can be killed here. */
export function whyNot(): string | undefined {
  const { status } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  return status === 0 ? undefined : 'strace is not here, or may not trace: nothing was killed';
}

/** Returns every moment of a run, by tracing a run. */
export async function moments(world: World, words: readonly string[]): Promise<readonly Moment[]> {
  const log = path.join(world.folder, 'calls');
  world.expectSuccess(await world.mesh(words, strace(['-o', log, '-e', `trace=${calls.join()}`])));
  const lines = readFileSync(log, 'utf8').split('\n');
  return calls.flatMap((call) => {
    const made = lines.filter((line) => new RegExp(`^\\d+ +${call}\\(`).test(line)).length;
    return Array.from({ length: made }, (_, i) => ({ call, at: i + 1 }));
  });
}

/** Runs a command and kills it by kill -9 at a moment. */
export function killedAt(world: World, words: readonly string[], { call, at }: Moment): Promise<Ran> {
  const inject = `inject=${call}:signal=SIGKILL:when=${at}`;
  return world.mesh(words, strace(['-o', '/dev/null', '-e', `trace=${call}`, '-e', inject]));
}

function strace(options: readonly string[]): Wrapper {
  // Without --seccomp-bpf, with which strace 6.1 injects only once.
  return ['strace', '-f', '-qq', ...options];
}
