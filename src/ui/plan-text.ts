import { escapeControl } from '../core/lib/escape-control.ts';
import { shellWord } from '../core/lib/shell-word.ts';
import type { FileChange, ObjectChange, Plan, TargetReport } from '../core/plan/plan.ts';
import { specChangesText } from '../core/plan/spec-change.ts';
import type { Counts, ObjectOperation } from '../core/revision/object-operation.ts';
import { type ChosenMesh, chosenText } from './chosen-mesh.ts';
import { cut } from './cut.ts';
import { objectsText } from './objects-text.ts';
import type { Palette } from './palette.ts';
import { targetMeaning } from './plan-meaning.ts';
import { isRefused } from './refused-plan.ts';
import { rolloutLines } from './rollout-lines.ts';
import { specSections } from './spec-sections.ts';
import { wrapLines } from './wrap-lines.ts';

/** The amount of detail: `verbose` names each object, file and field; otherwise they are counted. */
export interface PlanTextOptions {
  readonly verbose: boolean;
  /** Width of the terminal; infinite where nothing is wrapped. */
  readonly columns: number;
  readonly now?: Date;
  /** The commit that the plan compares with; if absent, the plan compares with the outputs. */
  readonly against?: string;
  /** Path of the saved plan. */
  readonly file?: string;
  /** The options that choose the mesh, as they were given. */
  readonly chosen?: ChosenMesh;
  /** The reason why the plan has no meaning. */
  readonly uncompared?: string;
}

/**
 * Returns a plan for people: the differences of the spec, then each target with its objects, then a summary, with
 * OpenTofu's marks.
 */
export function planText(plan: Plan, colours: Palette, options: PlanTextOptions): string {
  const sections = Object.entries(plan.targets).map(([name, target]) =>
    targetText(plan, name, target, colours, options),
  );
  const { commit, dirty, digest, changes = [] } = plan.head;
  const head =
    commit === undefined
      ? 'no commit'
      : `commit ${escapeControl(commit.slice(0, 12))}${dirty ? ` with uncommitted changes (${escapeControl(specChangesText(changes))})` : ''}`;
  const since =
    options.against === undefined ? '' : ` since ${escapeControl(options.against)} (Git alone was read)`;
  const summary = [
    `${colours.strong('Plan:')} ${countsText(plan.counts)}${movedText(plan)}${since}.`,
    ...(plan.guardrails ?? []).map(
      ({ target, message, allow }) =>
        `${colours.error('Refused:')} ${target === undefined ? '' : `target ${escapeControl(target)}: `}${escapeControl(message)}${allow === undefined ? '' : ` (${escapeControl(allow)} allows it)`}`,
    ),
    colours.faint(`Plan id ${plan.planId}, compiled ${escapeControl(digest.slice(0, 12))}, ${head}`),
    ...saving(plan, colours, options),
  ];
  const lines = [...specSections(plan, colours, options), ...sections, summary.join('\n')].join('\n\n');
  return `${wrapLines(lines, options.columns)}\n`;
}

function saving(
  plan: Plan,
  { warning, strong }: Palette,
  { now, file, chosen }: PlanTextOptions,
): readonly string[] {
  const { expires, planId } = plan;
  if (expires === undefined || file === undefined || now === undefined) return [];
  if (Date.parse(expires) <= now.getTime())
    return [warning(`This plan expired at ${escapeControl(expires)}: apply will not carry it out.`)];
  const saved = `Saved in ${escapeControl(file)} until ${escapeControl(expires)}.`;
  if (isRefused(plan)) return [`${saved} An apply refuses this plan, for the reason above.`];
  return [
    `${saved} Once it is approved:`,
    strong(`  mesh apply ${shellWord(file)} --plan-id ${planId}${chosenText(chosen)}`),
  ];
}

/** Returns `2 to create, 1 to update, 0 to delete`, and other operations that occur. */
export function countsText(counts: Counts): string {
  const always: readonly ObjectOperation[] = ['create', 'update', 'delete'];
  const others: readonly ObjectOperation[] = ['replace', 'adopt', 'release', 'conflict'];
  const shown = [...always, ...others.filter((op) => counts[op] > 0)];
  return shown.map((op) => `${counts[op]} ${op === 'conflict' ? 'in conflict' : `to ${op}`}`).join(', ');
}

/** Returns the number of files that change although no object does: those of another layout or folder. */
function movedText({ targets }: Plan): string {
  const alone = Object.values(targets)
    .filter(({ objects }) => objects.length === 0)
    .flatMap(({ files }) => filesText(files));
  return alone.length === 0 ? '' : `, and files alone: ${alone.join('; ')}`;
}

/** Returns `2 to create, 2 to delete` for files that are written or removed, or an empty list if none is. */
function filesText(files: readonly FileChange[]): readonly string[] {
  const shown = (['create', 'update', 'delete'] as const)
    .map((op) => [op, files.filter((file) => file.op === op).length] as const)
    .filter(([, count]) => count > 0);
  return shown.length === 0 ? [] : [shown.map(([op, count]) => `${String(count)} to ${op}`).join(', ')];
}

function targetText(
  plan: Plan,
  name: string,
  target: TargetReport,
  colours: Palette,
  options: PlanTextOptions,
): string {
  const lines = [
    colours.strong(`Target ${escapeControl(name)}`),
    ...targetMeaning(plan, name, colours, uncompared(options)).map((line) => `  ${line}`),
    ...rolloutLines(target.rollouts ?? []).map((line) => `  ${line}`),
    ...conflicts(target.files, colours),
    ...certificates(target, colours),
    ...restarts(target, colours),
    ...objects(
      target,
      target.objects.filter(({ op }) => op !== 'delete'),
      colours,
      options,
    ),
    ...pruned(target, colours, options),
    ...rewritten(target.files, colours),
    ...(target.left ?? []).map(
      ({ ref, why }) => `  ${colours.warning('=')} ${escapeControl(ref)} stays: ${escapeControl(why)}`,
    ),
  ];
  if (target.objects.length === 0)
    lines.push(...filesText(target.files).map((said) => `  Files: ${said}; every object stays as it is`));
  if (target.files.length === 0 && target.objects.length === 0)
    lines.push(`  ${unchangedText(target, options)}`);
  return lines.join('\n');
}

/** Returns the reason why a target that was there before has no meaning; undefined for the usual one. */
function uncompared({ uncompared: said, against }: PlanTextOptions): string | undefined {
  return said ?? (against === undefined ? undefined : 'the mesh no longer has this target');
}

function unchangedText({ spec = [], left = [] }: TargetReport, { against }: PlanTextOptions): string {
  if (left.length > 0) return 'No changes, but the output holds more than the spec says.';
  if (spec.length > 0) return 'No objects change: the spec compiles to what it did.';
  return against === undefined
    ? 'No changes: what is applied is what the spec says.'
    : `No changes: it compiles to what it did at ${escapeControl(against)}.`;
}

/**
 * Returns objects with their fields. If the differences of the spec say already what changes, created, updated and
 * deleted objects are only counted; an estimate, and an object in which somebody else has a part, is always shown.
 */
function objects(
  { spec = [] }: TargetReport,
  changes: readonly ObjectChange[],
  colours: Palette,
  options: PlanTextOptions,
): readonly string[] {
  if (options.verbose || spec.length === 0) return objectsText(changes, colours, options);
  const isOurs = ({ op, estimate }: ObjectChange) =>
    estimate === undefined && (op === 'create' || op === 'update' || op === 'delete');
  const counted = (['create', 'update'] as const)
    .map((op) => [op, changes.filter((change) => isOurs(change) && change.op === op).length] as const)
    .filter(([, count]) => count > 0)
    .map(([op, count]) => `${String(count)} to ${op}`);
  const others = changes.filter((change) => !isOurs(change));
  return [
    ...objectsText(others, colours, options),
    ...(counted.length === 0 ? [] : [`  Objects: ${counted.join(', ')} (--verbose lists them)`]),
  ];
}

function conflicts(files: readonly FileChange[], { error }: Palette): readonly string[] {
  return files
    .filter(({ op }) => op === 'conflict')
    .flatMap(({ path, why, ways = [], isRefused }) => [
      `  ${error('!')} ${escapeControl(path)} ${isRefused ? 'is refused by the cluster' : 'is in the way'}: ${escapeControl(why ?? '')}`,
      ...ways.map((way, i) => `      ${i === 0 ? '' : 'or '}${escapeControl(way)}`),
    ]);
}

/** Returns the part of a plan about deleted objects, with their share of all objects. */
function pruned(target: TargetReport, colours: Palette, options: PlanTextOptions): readonly string[] {
  const { objects: all, inventory = 0 } = target;
  const gone = all.filter(({ op }) => op === 'delete');
  if (gone.length === 0) return [];
  const share = inventory === 0 ? '' : `, ${Math.ceil((100 * gone.length) / inventory)} % of what is there`;
  return [`  Prune: ${gone.length} to delete${share}`, ...objects(target, gone, colours, options)];
}

function rewritten(files: readonly FileChange[], { changed }: Palette): readonly string[] {
  return files
    .filter(({ op }) => op === 'replace')
    .map(({ path }) => `  ${changed('~')} ${escapeControl(path)} was changed by hand and is written again`);
}

function certificates(
  { certificates: all, renewed }: TargetReport,
  { added, changed, faint }: Palette,
): readonly string[] {
  if (all === undefined) return [`  Certificates: ${faint('not computed')}`];
  if (all.length === 0) return [];
  const kept = all.filter(({ action }) => action === 'keep').length;
  const shown = all
    .filter(({ action }) => action !== 'keep')
    .map(({ action, subject, proxy, why }) => {
      const mark = action === 'issue' ? added('+') : changed('~');
      return `    ${mark} ${action} ${escapeControl(subject)} for proxy ${escapeControl(proxy)}${why === undefined ? '' : ` (${escapeControl(why)})`}`;
    });
  const last = renewed === undefined ? '' : `; renewed last at ${escapeControl(renewed)}`;
  return [`  Certificates: ${shown.length} to bind, ${kept} kept${last}`, ...cut(shown, 10)];
}

function restarts({ restarts: all }: TargetReport, { warning }: Palette): readonly string[] {
  const words = {
    new: 'to start',
    'bootstrap changed': 'to start anew (its bootstrap changed)',
    'another instance':
      'to start anew: it stands for another instance now, and calls to it fail until then (endpoints with a `name` keep their proxies)',
    gone: 'to stop',
  } as const;
  const lines = all.map(({ proxy, why, command }) => {
    const name = escapeControl(proxy);
    return why === 'trust changed'
      ? `  ${warning('•')} Restart ${name} after the apply: it reads the changed roots only when it starts${command === undefined ? '' : `: ${escapeControl(command)}`}`
      : `  ${warning('•')} Proxy ${name} is ${words[why]}`;
  });
  return cut(lines, 10);
}
