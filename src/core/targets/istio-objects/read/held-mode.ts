import type { Field } from '../../../import/field.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';

/** A mode of the language. */
export type Mode = NonNullable<MeshSpec['mtls']>;

/** A mode that one PeerAuthentication sets. */
export interface SetMode {
  readonly mode: Mode;
  /** The object. */
  readonly from: Field;
  /** The field that says it, for findings. */
  readonly field: Field;
  /** True if the object selects only some pods of the service. */
  readonly isPartial?: boolean;
}

/** The modes from the most open to the strictest. */
const strictness: readonly Mode[] = ['disabled', 'permissive', 'strict'];

/** Returns true if the first mode refuses more callers. */
function isStricter(one: Mode, other: Mode): boolean {
  return strictness.indexOf(one) > strictness.indexOf(other);
}

/**
 * Returns the mode that holds at one level: that of the oldest object. If the input doesn't say which object is the oldest, the
 * strictest holds, with a warning at the others.
 */
export function heldMode(set: readonly SetMode[]): SetMode | undefined {
  const [first] = set;
  if (first === undefined || set.every(({ mode }) => mode === first.mode)) return first;
  const times = set.map(({ from }) => createdAt(from));
  const known = times.filter((time) => time !== undefined);
  const oldest = Math.min(...known);
  if (known.length === set.length && known.filter((time) => time === oldest).length === 1)
    return set[times.indexOf(oldest)];
  const strictest = set.reduce((held, one) => (isStricter(one.mode, held.mode) ? one : held));
  for (const { field, mode } of set)
    if (mode !== strictest.mode)
      field.differently({
        callers:
          'several PeerAuthentications are of this level; the oldest holds, and nothing says which one that is: the strictest is written',
        access: 'narrower',
      });
  return strictest;
}

/** Returns the mode for all pods of a service: of a mode for some of them and the mode of the others the stricter. */
export function wholeMode(set: readonly SetMode[], above: SetMode | Mode): SetMode | Mode {
  const held = heldMode(set.filter(({ isPartial }) => isPartial !== true)) ?? above;
  return set
    .filter(({ isPartial }) => isPartial)
    .reduce<SetMode | Mode>((strictest, one) => {
      if (one.mode === modeOf(strictest)) return strictest;
      one.field.differently({
        callers: 'some pods of the service are not selected: the stricter of the two modes holds for all',
        access: 'narrower',
      });
      return isStricter(one.mode, modeOf(strictest)) ? one : strictest;
    }, held);
}

/** Returns the mode of a level, whichever object sets it. */
export function modeOf(held: SetMode | Mode): Mode {
  return typeof held === 'string' ? held : held.mode;
}

/** Returns the time at which the API server made an object, in milliseconds. */
function createdAt(root: Field): number | undefined {
  const { value } = root.along('metadata', 'creationTimestamp');
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
