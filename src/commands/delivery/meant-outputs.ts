import { resolve } from 'node:path';
import type { Options, OptionsOf } from '../../command-table/invocation.ts';
import { type ExitCode } from '../../core/exit-code.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { OpenedStore } from '../../ports/spec-store.ts';
import { type FindingOptions } from '../linked-mesh.ts';
import { type MeshCall, meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { readOutputs } from './read-outputs.ts';
import { type RecordedOutputs, readRecordedOutputs } from './read-recorded-outputs.ts';
import { trustBundles } from './trust-bundles.ts';

/** Outputs with the folder that may hold the mesh's keys, and the commit of the spec, if there is one. */
export interface MeantOutputs extends RecordedOutputs {
  readonly root: string;
  readonly commit: Awaited<ReturnType<OpenedStore['store']['commit']>>;
  /** True if `--directory` named the output, so that no spec is read. */
  readonly byDirectory: boolean;
}

/**
 * Calls `use` with the outputs of the Mesh document, or with the one output that `--directory` names. An output that
 * `isMeant` leaves out isn't opened.
 */
export async function withOutputs<T>(
  invocation: MeshCall & FindingOptions & Options<'directory'> & Pick<OptionsOf<'apply'>, 'target'>,
  parts: ObservingParts,
  use: (outputs: MeantOutputs) => Promise<T>,
  isMeant?: Parameters<typeof readOutputs>[3],
): Promise<T | ExitCode> {
  const path = invocation.directory;
  if (path !== undefined) {
    if (invocation.root !== undefined)
      throw new UsageError('--root and --directory exclude each other: give one');
    const directory = resolve(parts.workingDirectory, path);
    const recorded = await readRecordedOutputs(directory, parts);
    return use({
      ...recorded,
      root: recorded.outputs[0]?.output.place ?? directory,
      commit: undefined,
      byDirectory: true,
    });
  }
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const found = await readOutputs(opened, invocation, parts, isMeant);
    if ('exitCode' in found) return found.exitCode;
    const { store, root } = opened;
    const trust = await trustBundles(store, found.ir, parts.reader);
    return use({ ...found, trust, root, commit: await store.commit(), byDirectory: false });
  });
}
