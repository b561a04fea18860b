import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin } from '../core/location.ts';
import type { FieldChange, ObjectChange, TargetReport } from '../core/plan/plan.ts';
import type { Json } from '../core/targets/artifact.ts';

/**
 * Returns the changes of a target as parts of a diff: `+` for created, `-` for deleted, `!` for changed objects with
 * their fields below.
 */
export function diffBlocks({ objects, files, certificates = [] }: TargetReport): readonly string[] {
  return [
    ...files
      .filter(({ op }) => op === 'conflict' || op === 'replace')
      .map(({ op, path, why = '', ways = [], isRefused }) =>
        op === 'conflict'
          ? `! ${isRefused ? 'refused by the cluster' : 'in the way'}: ${escapeControl(path)} (${escapeControl([why, ...ways].join('; or '))})`
          : `! changed by hand, written again: ${escapeControl(path)}`,
      ),
    ...certificates
      .filter(({ action }) => action !== 'keep')
      .map(
        ({ action, subject, proxy }) =>
          `+ certificate: ${action} ${escapeControl(subject)} for ${escapeControl(proxy)}`,
      ),
    ...objects.map(objectBlock),
  ];
}

const marks: Readonly<Record<ObjectChange['op'], string>> = {
  create: '+',
  update: '!',
  replace: '!',
  delete: '-',
  adopt: '!',
  release: '-',
  conflict: '!',
};

function objectBlock({ op, ref, origin, estimate, fields = [] }: ObjectChange): string {
  const place = origin === undefined ? '' : `  ${escapeControl(formatOrigin(origin))}`;
  const guess = estimate === undefined ? '' : `  (an estimate: ${escapeControl(estimate)})`;
  return [`${marks[op]} ${escapeControl(ref)}${place}${guess}`, ...fields.flatMap(fieldLines)].join('\n');
}

function fieldLines({ path, before, after }: FieldChange): readonly string[] {
  const name = escapeControl(path);
  return [
    ...(before === undefined ? [] : [`-     ${name}: ${shortened(before)}`]),
    ...(after === undefined ? [] : [`+     ${name}: ${shortened(after)}`]),
  ];
}

const longest = 400;

function shortened(value: Json): string {
  const text = escapeControl(JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
