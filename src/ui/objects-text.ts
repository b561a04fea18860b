import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin, type Origin } from '../core/location.ts';
import type { FieldChange, ObjectChange } from '../core/plan/plan.ts';
import type { Json } from '../core/targets/artifact.ts';
import { cut } from './cut.ts';
import { operationMarks } from './operation-marks.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';

/** The amount of detail: `verbose` names every file and field; otherwise long lists are cut. */
export interface ObjectsTextOptions {
  readonly verbose: boolean;
  /** True if the file of each object is named. */
  readonly files?: boolean;
}

/**
 * Returns changes for people. Files of many proxies often change alike: equal changes are shown once, with the number
 * of files.
 */
export function objectsText(
  changes: readonly ObjectChange[],
  colours: Palette,
  options: ObjectsTextOptions,
): readonly string[] {
  const { verbose } = options;
  const groups = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const { op, wave, fields, estimate } = change;
    const key = JSON.stringify([op, wave, nameOf(change), fields, estimate]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const blocks = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [objectLines(first, group, colours, options)];
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
  { verbose, files: showsFiles = true }: ObjectsTextOptions,
): readonly string[] {
  const paint = { create: colours.added, delete: colours.removed }[change.op as string] ?? colours.changed;
  const files = group.map(({ ref }) => escapeControl(splitRef(ref).where));
  const where =
    files.length === 1 || verbose
      ? files.join(', ')
      : `${files[0] ?? ''} and ${quantity(files.length - 1, 'more file')}`;
  const origin = change.origin ? colours.place(escapeControl(formatOrigin(change.origin))) : '';
  const head =
    `  ${paint(`${operationMarks[change.op]} ${escapeControl(nameOf(change))}`)}  ${origin}`.trimEnd();
  const fields = eachOnce(change.fields ?? []).map(([field, times]) => {
    const line = fieldLine(field, change.origin, colours);
    return times === 1 ? line : `${line} (${String(times)} times)`;
  });
  return [
    head,
    ...(change.estimate === undefined
      ? []
      : [colours.warning(`      an estimate: ${escapeControl(change.estimate)}`)]),
    ...(showsFiles ? [colours.faint(`      ${where}`)] : []),
    ...(verbose ? fields : cut(fields, 12)),
  ];
}

/** Returns fields that change alike once: entries of one name in a list differ by a number, `name (2)`. */
function eachOnce(fields: readonly FieldChange[]): readonly (readonly [FieldChange, number])[] {
  const groups = new Map<string, [FieldChange, number]>();
  for (const field of fields) {
    const path = field.path.replace(/ \(\d+\)(?=\])/g, '');
    const key = JSON.stringify([path, field.before, field.after, field.origin]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...field, path }, 1]);
    else group[1] += 1;
  }
  return [...groups.values()];
}

function nameOf({ ref }: ObjectChange): string {
  const [kind = '', ...name] = splitRef(ref).what.split('/');
  return `${kind} ${name.join('/')}`;
}

/** Returns a resource and its file, or an object and its API group. */
function splitRef(ref: string): { readonly where: string; readonly what: string } {
  const hash = ref.indexOf('#');
  const at = hash < 0 ? ref.indexOf('/') : hash;
  return { where: ref.slice(0, Math.max(at, 0)), what: ref.slice(at + 1) };
}

/** Returns the line of a field: its path, its old and new value, and its place unless that is `known`. */
export function fieldLine(
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
