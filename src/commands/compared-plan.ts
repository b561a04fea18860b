import type { Invocation } from '../command-table/invocation.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { sha256 } from '../core/lib/sha256.ts';
import { authorityFiles } from '../core/plan/authority-files.ts';
import { type Compared, compareRevisions } from '../core/plan/compare-revisions.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import { specGuards } from '../core/plan/spec-guards.ts';
import { refusalCode } from '../core/refusal.ts';
import { meshFile } from '../core/source/spec-files.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenedStore, SpecStore } from '../ports/spec-store.ts';
import { type CompiledMesh, compileMesh } from './delivery/compile-mesh.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { canBeDelivered } from './delivery/open-output.ts';
import { refuseByGuards } from './delivery/refuse-by-guards.ts';
import { answer } from './formats.ts';
import { guardedPlan } from './guarded-plan.ts';
import { meshOptions } from './options.ts';
import { planRenderers } from './plan-renderers.ts';
import { withStore } from './with-store.ts';

/** Plans the changes from a revision of Git to the present spec, offline: no output is looked at. */
export async function comparedPlan(
  base: string,
  invocation: Invocation<'plan'>,
  parts: ObservingParts,
): Promise<ExitCode> {
  if (invocation.out !== undefined)
    throw new UsageError('a plan between revisions of Git cannot be applied: leave --base or --out out');
  const options = meshOptions(invocation);
  const { standardInput, repo } = options;
  if (standardInput || repo !== undefined)
    throw new UsageError('--base compares revisions of the repository here: - and --repo are none');
  return withStore(parts.openSpecStore, options, async (head) => {
    const after = await compiled(head, invocation, parts);
    if ('exitCode' in after) return after.exitCode;
    return withStore(parts.openSpecStore, { root: head.root, revision: base }, async (opened) => {
      const before = await compiledBase(base, opened, invocation, parts);
      if ('exitCode' in before) return before.exitCode;
      refuseUnknown([...before.targets.keys(), ...after.targets.keys()], invocation.target ?? []);
      const compared = compareRevisions(before, after);
      const guards = specGuards(after.broken);
      const plan = guardedPlan(
        guards.length === 0 ? compared : { ...compared, guardrails: guards },
        invocation,
        parts,
      );
      const environment = after.environment;
      const { deliverable } = after;
      const shown = {
        now: parts.clock.now(),
        environment,
        against: base,
        ...(deliverable && { deliverable }),
      };
      await answer(invocation, planRenderers(plan, invocation, shown), parts);
      const refused = refusalCode(refuseByGuards(plan));
      if (refused !== exit.success) return refused;
      const changed = Object.values(plan.targets).some(isWorkToDo);
      return changed && invocation.detailedExitcode ? exit.changed : exit.success;
    });
  });
}

interface CompiledHead extends Compared {
  /** The findings of Guardrails that refuse the plan. */
  readonly broken: readonly Diagnostic[];
  readonly environment: string;
  /** Returns the targets that can be delivered if some others can't. */
  readonly deliverable?: readonly string[];
}

async function compiled(
  { store }: OpenedStore,
  invocation: Invocation<'plan'>,
  parts: ObservingParts,
  past = false,
): Promise<CompiledHead | { readonly exitCode: ExitCode }> {
  const named = new Set(invocation.target ?? []);
  const mesh: CompiledMesh | { readonly exitCode: ExitCode } = await compileMesh(
    store,
    invocation,
    parts,
    (target) => named.size === 0 || named.has(target),
    past,
  );
  if ('exitCode' in mesh) return mesh;
  const commit = await store.commit();
  const names = [...mesh.targets.keys()];
  const deliverable: string[] = [];
  for (const name of names) {
    const config = mesh.ir.targets[name];
    if (config !== undefined && (await canBeDelivered(config))) deliverable.push(name);
  }
  return {
    ...((named.size > 0 || deliverable.length < names.length) && { deliverable }),
    broken: mesh.broken,
    spec: mesh.spec,
    targets: mesh.targets,
    orders: mesh.orders,
    environment: mesh.ir.environment,
    files: await digestsOf(store, authorityFiles(mesh.ir)),
    ...(commit && { commit: commit.id, dirty: commit.dirty }),
    ...(commit?.changes && { changes: commit.changes }),
  };
}

async function digestsOf(store: SpecStore, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const path of paths) {
    const bytes = await store.file(path);
    if (bytes !== undefined) digests.set(path, sha256(new TextDecoder().decode(bytes)));
  }
  return digests;
}

/** Returns the mesh to compare with; an empty one if the revision had no mesh yet. */
async function compiledBase(
  base: string,
  opened: OpenedStore,
  invocation: Invocation<'plan'>,
  parts: ObservingParts,
): Promise<Compared | { readonly exitCode: ExitCode }> {
  const { store } = opened;
  const commit = await store.commit();
  const isThere = (await store.list()).some(({ file }) => file === meshFile);
  if (!isThere) return { targets: new Map(), orders: new Map(), ...(commit && { commit: commit.id }) };
  const found = await compiled(opened, invocation, parts, true);
  if ('exitCode' in found)
    parts.console.error(
      `mesh: the mesh at ${JSON.stringify(base)} has these errors: there is nothing to compare with\n`,
    );
  return found;
}

function refuseUnknown(known: readonly string[], named: readonly string[]): void {
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`the mesh has no target ${JSON.stringify(unknown)}${didYouMean(unknown, known)}`);
}
