import type { By, Drift } from '../core/drift/drift.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin } from '../core/location.ts';
import { cut } from './cut.ts';
import type { TargetDrift } from './drift-json.ts';
import { fieldLine, objectsText } from './objects-text.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { type SpecEditsOptions, specEditsText } from './spec-edits-text.ts';
import { wrapLines } from './wrap-lines.ts';

/**
 * Returns the differences of a target from the applied revision: first the places of the spec, then each file or object
 * with the author; with `verbose`, or where no place of the spec is known, with its fields.
 */
export function driftText(
  name: string,
  { applied, revision, spec = [], drift }: TargetDrift,
  colours: Palette,
  options: SpecEditsOptions,
): string {
  const title = colours.strong(`Target ${escapeControl(name)}`);
  if (applied === undefined && revision === undefined && drift.length === 0)
    return `${title}\n  Nothing was applied yet.\n`;
  const since = `  Applied: ${escapeControl(applied ?? 'nothing that succeeded')}${revision === undefined ? '' : `, revision ${escapeControl(revision)}`}`;
  if (drift.length === 0)
    return `${title}\n${since}\n  ${colours.added('No drift')}: what is live is what was applied.\n`;
  const parts = [
    ...specEditsText(spec, colours, options),
    ...drift.flatMap((one) => lines(one, colours, options.verbose, spec.length === 0)),
  ];
  const summary = `  ${colours.warning(quantity(drift.length, 'difference'))}. mesh plan shows what an apply would write again.`;
  return `${wrapLines([title, since, ...parts, summary].join('\n'), options.columns)}\n`;
}

function lines(drift: Drift, colours: Palette, verbose: boolean, showsFields: boolean): readonly string[] {
  const { added, removed, changed, warning } = colours;
  switch (drift.type) {
    case 'object':
      return objectLines(drift, colours, verbose);
    case 'file': {
      const mark = { added: added('+'), removed: removed('-'), changed: changed('~') }[drift.state];
      const said = { added: 'was added', removed: 'is gone', changed: 'was changed' }[drift.state];
      const detail = drift.detail === undefined ? '' : ` (${drift.detail})`;
      return [
        `  ${mark} ${escapeControl(drift.path)} ${said}${byText(drift.by, drift.state)}${detail}`,
        ...commitText(drift.by),
        ...(verbose || showsFields
          ? objectsText(drift.objects ?? [], colours, { verbose, files: false }).map((line) => `  ${line}`)
          : []),
      ];
    }
    case 'link':
      return [
        `  ${changed('~')} ${escapeControl(drift.path)}: ${escapeControl(drift.detail)}${byText(drift.by, 'changed')}`,
      ];
    case 'secret':
      return [`  ${removed('-')} ${escapeControl(drift.path)}: ${escapeControl(drift.detail)}`];
    case 'proxy':
      return [`  ${warning('!')} proxy ${escapeControl(drift.id)}: ${escapeControl(drift.detail)}`];
  }
}

function objectLines(
  { ref, state, fields = [], origin }: Extract<Drift, { readonly type: 'object' }>,
  colours: Palette,
  verbose: boolean,
): readonly string[] {
  const place = origin === undefined ? '' : `  ${colours.place(escapeControl(formatOrigin(origin)))}`;
  const [mark, said] =
    state === 'removed' ? [colours.removed('-'), 'is gone'] : [colours.changed('~'), 'was changed'];
  const shown = fields.map((field) => {
    const { manager, time } = field;
    const when = time === undefined ? '' : ` at ${escapeControl(time)}`;
    const by =
      manager === 'unknown'
        ? 'nobody can tell by whom'
        : `by ${escapeControl(JSON.stringify(manager))}${when}`;
    return `${fieldLine(field, undefined, colours)}, ${by}`;
  });
  return [`  ${mark} ${escapeControl(ref)} ${said}${place}`, ...(verbose ? shown : cut(shown, 12))];
}

/** Returns the owner and the time of the last write of a file, which are the only known facts about the change. */
function byText(by: By | undefined, state: 'added' | 'removed' | 'changed'): string {
  if (by === undefined || by.commit !== undefined || state === 'removed') return '';
  return `, ${escapeControl(by.modified)}, owner ${escapeControl(by.owner)}`;
}

/** Returns a line with the author, the time and the subject of the commit that changed a file, if it is known. */
function commitText(by: By | undefined): readonly string[] {
  if (by?.commit === undefined) return [];
  const { owner, modified, commit, subject = '' } = by;
  const quoted = escapeControl(JSON.stringify(subject));
  return [
    `      by ${escapeControl(owner)}, ${escapeControl(modified)}, commit ${escapeControl(commit.slice(0, 12))} ${quoted}`,
  ];
}
