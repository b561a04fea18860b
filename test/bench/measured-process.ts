import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const noted = 'MESH_BENCH_PEAK';

/** Loaded before the program, it notes the peak memory (KiB) and the processor time (microseconds) at the end. */
const preload = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
   import { isMainThread } from 'node:worker_threads';
   if (isMainThread) process.on('exit', () => {
     const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
     writeFileSync(process.env.${noted}, JSON.stringify({ maxRSS, time: userCPUTime + systemCPUTime }));
   });`,
)}`;

/** A command that is run anew for each measurement. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure; 0 alone where it is not said. */
  readonly expected?: readonly number[];
}

/** Median of the wall times of whole processes, seconds; `before` is done ahead of each and not counted. */
export function medianTime(command: Command, runs: number, before: () => void = () => undefined): number {
  const times = Array.from({ length: runs }, () => {
    before();
    return run(command);
  });
  return median(times);
}

/** Peak resident memory of a command of Node's, bytes, of a run of its own. */
export function peakMemory(command: Command): number {
  return resourcesOf(command).memory;
}

/** Peak resident memory (bytes) and processor time (seconds) of a command of Node's, of a run of its own. */
export function resourcesOf(command: Command): { readonly memory: number; readonly processor: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  try {
    const file = path.join(folder, 'peak');
    run({
      ...command,
      args: ['--import', preload, ...command.args],
      env: { ...command.env, [noted]: file },
    });
    const { maxRSS, time } = JSON.parse(readFileSync(file, 'utf8')) as Record<'maxRSS' | 'time', number>;
    return { memory: maxRSS * 1024, processor: time / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function run({ program, args, cwd, env, expected = [0] }: Command): number {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const time = (performance.now() - started) / 1000;
  if (error) throw error;
  if (!expected.includes(status ?? -1))
    throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${stderr.slice(0, 2000)}`);
  return time;
}
