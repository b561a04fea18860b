import type { Ir } from '../../core/ir/ir.ts';
import { link } from '../../core/ir/link/link.ts';
import { meshFile } from '../../core/source/spec-files.ts';
import { loadSpec } from '../../core/spec/load.ts';
import type { SpecStore } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { fails } from '../linked-mesh.ts';
import { meshOptions } from '../options.ts';

/**
 * The mesh as far as its Mesh document says it, or the findings in that: for commands that must work while the rest of
 * the spec does not.
 */
export async function meshTargets(
  store: SpecStore,
  invocation: Invocation,
): Promise<{ readonly ir?: Ir } & Pick<ReturnType<typeof loadSpec>, 'texts' | 'diagnostics'>> {
  const { env } = meshOptions(invocation);
  const overlays = env === undefined ? undefined : `environments/${env}/`;
  const listed = (await store.list()).map(({ file }) => file);
  const files = listed.filter(
    (file) => file === meshFile || (overlays !== undefined && file.startsWith(overlays)),
  );
  const loaded = loadSpec(await store.read(files), env === undefined ? {} : { environment: env });
  if (loaded.spec === undefined || fails(loaded.diagnostics, invocation)) return loaded;
  // What links wrongly without the rest of the spec is none of the targets.
  const { ir } = link(loaded.spec);
  return { ...loaded, ...(ir && { ir }) };
}
