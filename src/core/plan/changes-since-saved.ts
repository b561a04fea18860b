import { append } from '../lib/append.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Plan, TargetReport } from './plan.ts';
import { absent, type PlanChecks, type SavedPlan, type TargetChecks } from './saved-plan.ts';

/** The values that a new plan would have now. */
export interface CurrentPlan {
  readonly plan: Plan;
  readonly checks: PlanChecks;
  /** Returns the digest of an object in the output, by target and ref. */
  readonly there: (target: string, ref: string) => string;
}

/** Returns the changes since a plan was saved, each in a sentence for people; empty if the plan still holds. */
export function changesSinceSaved(saved: SavedPlan, fresh: CurrentPlan, now: Date): readonly string[] {
  const { checks } = saved;
  const found: string[] = [];
  if (Date.parse(saved.expires) <= now.getTime()) found.push(`it expired at ${saved.expires}`);
  if (checks.tool !== fresh.checks.tool)
    found.push(`${checks.tool} made it, and this is ${fresh.checks.tool}`);
  if (checks.environment !== fresh.checks.environment)
    found.push(`it is for the environment ${checks.environment}, and this is ${fresh.checks.environment}`);
  if (checks.spec !== fresh.checks.spec) found.push(specMoved(saved, fresh.plan));
  for (const [name, was] of Object.entries(checks.targets)) {
    const is = fresh.checks.targets[name];
    const sentences = is
      ? [
          ...targetMoved(was, is, checks.spec !== fresh.checks.spec),
          ...objectsMoved(was, (ref) => fresh.there(name, ref)),
        ]
      : ['it is gone'];
    append(
      found,
      sentences.map((sentence) => `target ${name}: ${sentence}`),
    );
  }
  // A plan file that was edited by hand could show other changes to people than an apply would make.
  if (found.length === 0) {
    for (const [name, { objects, files }] of Object.entries(fresh.plan.targets)) {
      const told = saved.targets[name];
      if (reportOf(objects, files) !== reportOf(told?.objects, told?.files))
        found.push(`target ${name}: the plan lists other changes than an apply would make`);
    }
  }
  return found;
}

/** An apply makes fewer queries than a plan, so its estimates differ: leave them out. */
function reportOf(objects: TargetReport['objects'] = [], files: TargetReport['files'] = []): string {
  return canonicalJson({ objects: objects.map(({ estimate: _, ...one }) => one), files });
}

function specMoved({ head }: SavedPlan, { head: now }: Plan): string {
  const then = head.commit?.slice(0, 12);
  const here = now.commit?.slice(0, 12);
  if (then === undefined || here === undefined) return 'the spec is not the one that was planned';
  const named = (commit: string, dirty?: boolean): string => `${commit}${dirty ? ' with changes' : ''}`;
  return `the spec is not the one that was planned (commit ${named(then, head.dirty)} then, ${named(here, now.dirty)} now)`;
}

function targetMoved(was: TargetChecks, is: TargetChecks, specMoves: boolean): readonly string[] {
  const found: string[] = [];
  if (was.inventory !== is.inventory) found.push(`its inventory was ${was.inventory} and is ${is.inventory}`);
  if (was.applied !== is.applied)
    found.push(`${entry(was.applied)} was applied then, and ${entry(is.applied)} is now`);
  if (was.revision !== is.revision)
    found.push(`${revision(was.revision)} was in force then, and ${revision(is.revision)} is now`);
  if (was.compiled !== is.compiled && !specMoves)
    found.push('the same spec compiles to something else (certificates/, bundles or the tool changed)');
  found.push(
    ...difference(is.altered, was.altered).map((file) => `${file} was changed by hand since`),
    ...difference(was.altered, is.altered).map((file) => `${file} is as it was written again`),
    ...difference(is.foreign, was.foreign).map((path) => `${path} is in the way now`),
    ...difference(was.foreign, is.foreign).map((path) => `${path} is no longer in the way`),
  );
  return found;
}

function objectsMoved({ objects }: TargetChecks, there: (ref: string) => string): readonly string[] {
  const refs = Object.entries(objects).flatMap(([ref, digest]) => (there(ref) === digest ? [] : [ref]));
  const named = refs.slice(0, most).map((ref) => `${ref} is not what it was`);
  return refs.length <= most
    ? named
    : [
        ...named,
        `and ${refs.length - most} more ${refs.length - most === 1 ? 'object is' : 'objects are'} not what they were`,
      ];
}

const most = 10;

function entry(id: string): string {
  return id === absent ? 'nothing' : `entry ${id}`;
}

function revision(name: string): string {
  return name === absent ? 'nothing' : `revision ${name}`;
}

function difference(all: readonly string[], without: readonly string[]): readonly string[] {
  const known = new Set(without);
  const rest = all.filter((one) => !known.has(one));
  return rest.length <= most ? rest : [...rest.slice(0, most), `and ${rest.length - most} more`];
}
