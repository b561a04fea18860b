import { type Feature, features } from '../ir/feature.ts';
import type { Ir } from '../ir/ir.ts';
import type { Origin } from '../location.ts';
import { optionsOfMode } from './capabilities-of.ts';
import { featuresUsed } from './features-used.ts';
import type { Capabilities, Capability, Target } from './target.ts';

/** One target in one mode, as a column of the matrix. */
export interface Column {
  /** The target's name, followed by the mode if the target has several: `istio/ambient`. */
  readonly id: string;
  readonly target: Target;
  /** Name of the mode; absent if the target has no modes. */
  readonly mode?: string;
  /** The options that choose the mode. */
  readonly options: Readonly<Record<string, string>>;
  /** True if a target without options has this mode. */
  readonly isDefault: boolean;
  readonly note?: string;
  readonly capabilities: Capabilities;
}

/** The capabilities of every mode for one feature. */
export interface Row {
  readonly feature: Feature;
  readonly what: string;
  /** The capabilities in the order of the columns. */
  readonly cells: readonly Capability[];
  /** Places of a mesh that use the feature; absent without a mesh. */
  readonly uses?: readonly Origin[];
}

/** The extent to which each target supports each feature of the language. */
export interface Matrix {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Returns the matrix of some targets; with a mesh, only the features that the mesh uses, with their places. */
export function matrixOf(targets: readonly Target[], ir?: Ir): Matrix {
  const columns = targets.flatMap(columnsOf);
  const used = ir && featuresUsed(ir);
  const rows = (Object.entries(features) as [Feature, string][]).flatMap(
    ([feature, what]): readonly Row[] => {
      const cells = columns.map(({ capabilities }) => capabilities[feature]);
      const uses = used?.get(feature);
      if (used && uses === undefined) return [];
      return [{ feature, what, cells, ...(uses !== undefined && { uses }) }];
    },
  );
  return { columns, rows };
}

/** Returns the level: `full`, `partial` or `none`. */
export function levelOf(capability: Capability): 'full' | 'partial' | 'none' {
  if (capability === 'full') return 'full';
  return 'partial' in capability ? 'partial' : 'none';
}

/** Returns the reason why a feature is supported only in part or not at all. */
export function reasonOf(capability: Exclude<Capability, 'full'>): string {
  return 'partial' in capability ? capability.partial : capability.none;
}

function columnsOf(target: Target): readonly Column[] {
  const { name, capabilities, modes = {} } = target;
  const others = Object.entries(modes);
  const base = { target, isDefault: true, capabilities, options: {} };
  if (others.length === 0) return [{ ...base, id: name }];
  const first = defaultMode(target);
  return [
    { ...base, id: `${name}/${first}`, mode: first },
    ...others.map(([mode, chosen]) => ({
      id: `${name}/${mode}`,
      target,
      mode,
      options: optionsOfMode(mode, chosen),
      isDefault: false,
      ...(chosen.note !== undefined && { note: chosen.note }),
      capabilities: chosen.capabilities,
    })),
  ];
}

/** An option of a target, from its schema. */
export interface TargetOption {
  readonly name: string;
  readonly description: string;
  readonly default?: unknown;
  readonly values?: readonly unknown[];
}

/** Returns the options of a target, in the order of its schema. */
export function optionsOf({ optionsSchema }: Target): readonly TargetOption[] {
  const { properties = {} } = (optionsSchema ?? {}) as {
    readonly properties?: Readonly<Record<string, OptionSchema>>;
  };
  return Object.entries(properties).map(([name, { description = '', enum: values, ...rest }]) => ({
    name,
    description,
    ...('default' in rest && { default: rest.default }),
    ...(values && { values }),
  }));
}

interface OptionSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

/** Returns the name of the mode that applies without options. */
function defaultMode(target: Target): string {
  if (target.defaultMode !== undefined) return target.defaultMode;
  const mode = optionsOf(target).find(({ name }) => name === 'mode')?.default;
  if (typeof mode !== 'string')
    throw new Error(`${target.name} has modes and no default for the option mode`);
  return mode;
}
