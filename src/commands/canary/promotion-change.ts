import { haveEqualRoutes } from '../../core/canary/promotion/equal-routes.ts';
import { promotionEdits } from '../../core/canary/promotion/promotion-edits.ts';
import { editedText } from '../../core/canary/promotion/text-edit.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { withWeights } from '../../core/ir/weights/with-weights.ts';
import { decode } from '../../core/source/decode.ts';
import type { FileChange } from '../../ports/commit-files.ts';
import type { SpecStore } from '../../ports/spec-store.ts';
import { loadMesh, understood } from '../load-mesh.ts';
import type { MeshOptions } from '../options.ts';

/**
 * Returns the change that makes a promotion permanent in the spec. The changed spec is linked as a proof: every Route
 * then treats requests as the record of the promotion does. Returns undefined if no such change is found.
 */
export async function promotionChange(
  store: SpecStore,
  options: MeshOptions,
  { id }: Rollout,
): Promise<readonly FileChange[] | undefined> {
  const { spec, ir, texts, sources } = await loadMesh(store, { ...options, skipsGuardrails: true });
  const rollout = ir?.rollouts?.[id];
  if (spec === undefined || ir === undefined || rollout === undefined) return undefined;
  const edits = promotionEdits(spec, rollout, texts);
  if (edits === undefined) return undefined;
  const files = sources.sources.flatMap(({ file, bytes }): readonly FileChange[] => {
    const own = edits.filter(({ source }) => source.file === file);
    if (own.length === 0) return [];
    const text = editedText(decode(bytes).text, own);
    return [{ file, before: bytes, ...(text.trim() !== '' && { text }) }];
  });
  const changed = sources.sources.flatMap((source) => {
    const change = files.find(({ file }) => file === source.file);
    if (change === undefined) return [source];
    return change.text === undefined ? [] : [{ ...source, bytes: new TextEncoder().encode(change.text) }];
  });
  const after = understood({ ...sources, sources: changed }, undefined, {
    ...options,
    skipsGuardrails: true,
  });
  const shares = Object.fromEntries(
    rollout.services.map((service) => [service, { state: 'promoted' }] as const),
  );
  const isProved = after.ir !== undefined && haveEqualRoutes(after.ir, withWeights(ir, shares));
  return isProved ? files : undefined;
}
