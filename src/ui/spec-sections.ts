import { escapeControl } from '../core/lib/escape-control.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { SpecEdit } from '../core/plan/spec-edit.ts';
import type { Palette } from './palette.ts';
import { type SpecEditsOptions, specEditsText } from './spec-edits-text.ts';

/** The differences of the spec for targets that have the same ones. */
export interface SpecSection {
  /** Absent if all targets have the same differences. */
  readonly targets?: readonly string[];
  readonly edits: readonly SpecEdit[];
}

/** Returns the differences of the spec of each target, once for targets with the same ones; none if none is known. */
export function specGroups({ targets }: Pick<Plan, 'targets'>): readonly SpecSection[] {
  const groups = new Map<string, { targets: string[]; edits: readonly SpecEdit[] }>();
  for (const [name, { spec }] of Object.entries(targets)) {
    if (spec === undefined) continue;
    const key = JSON.stringify(spec);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { targets: [name], edits: spec });
    else group.targets.push(name);
  }
  const all = [...groups.values()];
  const [only] = all;
  const isWhole = all.length === 1 && only?.targets.length === Object.keys(targets).length;
  return isWhole ? all.map(({ edits }) => ({ edits })) : all;
}

/** Returns the first part of a plan for people: the differences of the spec. */
export function specSections(plan: Plan, colours: Palette, options: SpecEditsOptions): readonly string[] {
  return specGroups(plan)
    .filter(({ edits }) => edits.length > 0)
    .map(({ targets, edits }) => {
      const of = targets === undefined ? '' : ` (target ${targets.map(escapeControl).join(', ')})`;
      return [`${colours.strong('Spec')}${of}`, ...specEditsText(edits, colours, options)].join('\n');
    });
}
