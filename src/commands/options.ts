import type { Options } from '../command-table/invocation.ts';
import { durationOf } from './delivery/duration-option.ts';

/** The choice of a mesh, from the global options. */
export interface MeshOptions {
  readonly root?: string;
  readonly env?: string;
  readonly revision?: string;
  readonly staged?: boolean;
  readonly repo?: string;
  /** True if the spec comes from standard input. */
  readonly standardInput?: boolean;
  readonly strictFiles?: boolean;
  /** The longest time that the server of `repo` may take, in milliseconds. */
  readonly timeout?: number;
  /** True if the command reports no Guardrails, so that none is proved. */
  readonly skipsGuardrails?: boolean;
  /** The day by which suppressions expire, `YYYY-MM-DD` (UTC). */
  readonly today: string;
}

/** The options of a call that choose the mesh. */
export type MeshCall = Options<
  'root' | 'env' | 'revision' | 'staged' | 'repo' | 'strictFiles' | 'timeout'
> & {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly time: Date;
};

/** Converts the options that choose the mesh to the units and names of the stores. */
export function meshOptions(call: MeshCall): MeshOptions {
  const { arguments: given, time, root, env, revision, staged, repo, strictFiles, timeout } = call;
  return {
    today: time.toISOString().slice(0, 10),
    ...(given.flat().includes('-') && { standardInput: true }),
    ...(root !== undefined && { root }),
    ...(env !== undefined && { env }),
    ...(revision !== undefined && { revision }),
    ...(repo !== undefined && { repo }),
    ...(staged && { staged }),
    ...(timeout !== undefined && { timeout: durationOf(call, 'timeout', 0) }),
    ...(strictFiles && { strictFiles }),
  };
}
