import type { Feature } from '../../../ir/feature.ts';
import type { Origin } from '../../../location.ts';
import { both, type Conditions, everything, type Permission, permissionsOf } from './conditions.ts';

/** A rule for one caller: the requests that it means, except some. */
export interface CallerRule {
  readonly means: readonly Conditions[];
  readonly except: readonly Conditions[];
  readonly origin: Origin;
}

type Note = (feature: Feature, origin: Origin) => void;

/**
 * Returns the permissions of one caller. The first that fits decides, so that denies come before allows, and requests
 * that a rule excepts come before the rule. The last one denies the rest: what decides about requests that no permission
 * fits is the default of the cluster, which may let them in.
 */
export function permissionList(
  denies: readonly CallerRule[],
  allows: readonly CallerRule[],
  note: Note,
): readonly Permission[] {
  const plainDenies = denies.filter(({ except }) => except.length === 0);
  const [spared, ...others] = denies.filter(({ except }) => except.length > 0);
  // Requests that one deny spares must not get past the other denies, so that only one can spare some.
  for (const { origin } of others) note('access.except', origin);
  const plainAllows = allows.filter(({ except }) => except.length === 0);
  const excepting = allows.filter(({ except }) => except.length > 0);
  const list = [
    ...[...plainDenies, ...others].flatMap(({ means }) => permissions('deny', means)),
    ...(spared === undefined ? [] : sparing(spared, plainAllows, excepting, note)),
    ...plainAllows.flatMap(({ means }) => permissions('allow', means)),
    ...excepting.flatMap((rule, index) => exceptingPermissions(rule, excepting.slice(index + 1), note)),
    ...permissions('deny', [everything]),
  ];
  return unique(list);
}

/** Returns the permissions for a deny that spares some requests: these are allowed before it, as far as they are allowed. */
function sparing(
  { means, except, origin }: CallerRule,
  allows: readonly CallerRule[],
  excepting: readonly CallerRule[],
  note: Note,
): readonly Permission[] {
  if (excepting.length > 0) note('access.except', origin);
  const spared = except.flatMap((exception) =>
    allows.flatMap((allow) =>
      allow.means.flatMap((one) => {
        const common = both(one, exception);
        if (common === undefined) note('access.except', origin);
        return common === undefined || common === 'none' ? [] : [common];
      }),
    ),
  );
  return [...permissions('allow', spared), ...permissions('deny', means)];
}

/** Returns the permissions for an allow that leaves some requests out: these are denied before it. */
function exceptingPermissions(
  { means, except, origin }: CallerRule,
  later: readonly CallerRule[],
  note: Note,
): readonly Permission[] {
  const left = means.flatMap((one) =>
    except.flatMap((exception) => {
      const common = both(one, exception);
      return common === 'none' ? [] : [common ?? exception];
    }),
  );
  const touches = left.some((one) =>
    later.some((other) => other.means.some((conditions) => both(one, conditions) !== 'none')),
  );
  if (touches) note('access.except', origin);
  return [...permissions('deny', left), ...permissions('allow', means)];
}

function permissions(action: 'allow' | 'deny', all: readonly Conditions[]): readonly Permission[] {
  return all.flatMap((conditions) => permissionsOf(action, conditions));
}

/** Leaves out permissions that an equal one precedes. */
function unique(list: readonly Permission[]): readonly Permission[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
