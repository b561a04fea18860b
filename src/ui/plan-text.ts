import { escapeControl } from '../core/lib/escape-control.ts';
import { shellWord } from '../core/lib/shell-word.ts';
import type {
  Counts,
  FieldChange,
  FileChange,
  ObjectChange,
  ObjectOperation,
  Plan,
  TargetReport,
} from '../core/plan/plan.ts';
import { formatOrigin, type Origin } from '../core/source/location.ts';
import type { Json } from '../core/targets/artifact.ts';
import type { Palette } from './palette.ts';

/** How much of a plan is shown: `verbose` names each file and every field, else long lists are cut. */
export interface PlanTextOptions {
  readonly verbose: boolean;
  readonly now?: Date;
  /** The revision of Git that it is compared with; else it is what is live. */
  readonly against?: string;
  /** Where it is saved. */
  readonly file?: string;
}

/** A plan for people: meaning first, then objects with the line that they come from, marked as OpenTofu does. */
export function planText(plan: Plan, colours: Palette, options: PlanTextOptions): string {
  const sections = Object.entries(plan.targets).map(([name, target]) =>
    targetText(name, target, colours, options),
  );
  const { commit, dirty, digest } = plan.head;
  const head =
    commit === undefined
      ? 'no commit'
      : `commit ${escapeControl(commit.slice(0, 12))}${dirty ? ' with uncommitted changes' : ''}`;
  const since =
    options.against === undefined ? '' : ` since ${escapeControl(options.against)} (Git alone was read)`;
  const summary = [
    `${colours.strong('Plan:')} ${countsText(plan.counts)}${since}.`,
    colours.faint(`Plan id ${plan.planId}, compiled ${escapeControl(digest.slice(0, 12))}, ${head}`),
    ...saving(plan, colours, options),
  ];
  return `${[...sections, summary.join('\n')].join('\n\n')}\n`;
}

function saving(
  { expires, planId }: Plan,
  { warning, strong }: Palette,
  { now, file }: PlanTextOptions,
): readonly string[] {
  if (expires === undefined || file === undefined || now === undefined) return [];
  if (Date.parse(expires) <= now.getTime())
    return [warning(`This plan expired at ${escapeControl(expires)}: apply will not carry it out.`)];
  return [
    `Saved in ${escapeControl(file)} until ${escapeControl(expires)}. Once it is approved:`,
    strong(`  mesh apply ${shellWord(file)} --plan-id ${planId}`),
  ];
}

/** `2 to create, 1 to update, 0 to delete`, and what else there is. */
export function countsText(counts: Counts): string {
  const always: readonly ObjectOperation[] = ['create', 'update', 'delete'];
  const others: readonly ObjectOperation[] = ['replace', 'adopt', 'release', 'conflict'];
  const shown = [...always, ...others.filter((op) => counts[op] > 0)];
  return shown.map((op) => `${counts[op]} ${op === 'conflict' ? 'in conflict' : `to ${op}`}`).join(', ');
}

function targetText(name: string, target: TargetReport, colours: Palette, options: PlanTextOptions): string {
  const lines = [
    colours.strong(`Target ${escapeControl(name)}`),
    `  Meaning (access, routing): ${colours.faint('not computed')}`,
    ...conflicts(target.files, colours),
    ...certificates(target, colours),
    ...restarts(target, colours),
    ...objects(target.objects, colours, options),
    ...rewritten(target.files, colours),
  ];
  if (target.files.length === 0)
    lines.push(
      options.against === undefined
        ? '  No changes: what is applied is what the spec says.'
        : `  No changes: it compiles to what it did at ${escapeControl(options.against)}.`,
    );
  return lines.join('\n');
}

function conflicts(files: readonly FileChange[], { error }: Palette): readonly string[] {
  return files
    .filter(({ op }) => op === 'conflict')
    .map(
      ({ path, why }) => `  ${error('!')} ${escapeControl(path)} is in the way: ${escapeControl(why ?? '')}`,
    );
}

function rewritten(files: readonly FileChange[], { changed }: Palette): readonly string[] {
  return files
    .filter(({ op }) => op === 'replace')
    .map(({ path }) => `  ${changed('~')} ${escapeControl(path)} was changed by hand and is written again`);
}

function certificates(
  { certificates: all }: TargetReport,
  { added, changed, faint }: Palette,
): readonly string[] {
  if (all === undefined) return [`  Certificates: ${faint('not computed')}`];
  if (all.length === 0) return [];
  const kept = all.filter(({ action }) => action === 'keep').length;
  const shown = all
    .filter(({ action }) => action !== 'keep')
    .map(({ action, subject, proxy }) => {
      const mark = action === 'issue' ? added('+') : changed('~');
      return `    ${mark} ${action} ${escapeControl(subject)} for proxy ${escapeControl(proxy)}`;
    });
  return [`  Certificates: ${shown.length} to bind, ${kept} kept`, ...cut(shown, 10)];
}

function restarts({ restarts: all }: TargetReport, { warning }: Palette): readonly string[] {
  const words = {
    new: 'to start',
    'bootstrap changed': 'to start anew (its bootstrap changed)',
    gone: 'to stop',
  } as const;
  return cut(
    all.map(({ proxy, why }) => `  ${warning('•')} Proxy ${escapeControl(proxy)} is ${words[why]}`),
    10,
  );
}

const marks: Readonly<Record<ObjectOperation, string>> = {
  create: '+',
  update: '~',
  replace: '~',
  delete: '-',
  adopt: '<',
  release: '>',
  conflict: '!',
};

/** Files that proxies share the shape of change alike: equal changes are shown once, with the number of files. */
function objects(
  changes: readonly ObjectChange[],
  colours: Palette,
  { verbose }: PlanTextOptions,
): readonly string[] {
  const groups = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.op, change.wave, nameOf(change), change.fields]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const blocks = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [objectLines(first, group, colours, verbose)];
  });
  const shown = verbose
    ? blocks
    : cut(
        blocks.map((block) => block.join('\n')),
        200,
      ).map((block) => [block]);
  return shown.flat();
}

function objectLines(
  change: ObjectChange,
  group: readonly ObjectChange[],
  colours: Palette,
  verbose: boolean,
): readonly string[] {
  const paint = { create: colours.added, delete: colours.removed }[change.op as string] ?? colours.changed;
  const files = group.map(({ ref }) => escapeControl(splitRef(ref).where));
  const where =
    files.length === 1 || verbose ? files.join(', ') : `${files[0] ?? ''} and ${files.length - 1} more files`;
  const origin = change.origin ? colours.place(escapeControl(formatOrigin(change.origin))) : '';
  const head = `  ${paint(`${marks[change.op]} ${escapeControl(nameOf(change))}`)}  ${origin}`.trimEnd();
  const fields = (change.fields ?? []).map((field) => fieldLine(field, change.origin, colours));
  return [head, colours.faint(`      ${where}`), ...(verbose ? fields : cut(fields, 12))];
}

function nameOf({ ref }: ObjectChange): string {
  const [kind = '', ...name] = splitRef(ref).what.split('/');
  return `${kind} ${name.join('/')}`;
}

/** A resource and its file, or an object and its API group. */
function splitRef(ref: string): { readonly where: string; readonly what: string } {
  const hash = ref.indexOf('#');
  const at = hash < 0 ? ref.indexOf('/') : hash;
  return { where: ref.slice(0, Math.max(at, 0)), what: ref.slice(at + 1) };
}

function fieldLine(
  { path, before, after, origin }: FieldChange,
  known: Origin | undefined,
  { added, removed, changed, place }: Palette,
): string {
  const elsewhere = origin && known && formatOrigin(origin) !== formatOrigin(known);
  const at = `      ${escapeControl(path)}:${elsewhere ? ` ${place(escapeControl(formatOrigin(origin)))}` : ''} `;
  if (before === undefined) return `${at}${added(shortened(after))}`;
  if (after === undefined) return `${at}${removed(`${shortened(before)} (gone)`)}`;
  return `${at}${removed(shortened(before))} ${changed('→')} ${added(shortened(after))}`;
}

function shortened(value: Json | undefined): string {
  const text = value === undefined ? '' : escapeControl(JSON.stringify(value));
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function cut(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `    … and ${lines.length - most} more (--verbose shows all)`];
}
