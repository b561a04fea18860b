import type { Options } from '../../command-table/invocation.ts';
import type { Allowances } from '../../core/plan/allowances.ts';
import { UsageError } from '../../core/usage-error.ts';

/** Returns the allowances of the options. Throws UsageError for an invalid percentage. */
export function allowancesOf(invocation: Options<'adopt' | 'allowPrunePercent'>): Allowances {
  const written = invocation.allowPrunePercent;
  const percent = Number(written);
  if (written !== undefined && !(/^\d{1,3}$/.test(written) && percent <= 100))
    throw new UsageError(
      `--allow-prune-percent takes a number from 0 to 100, not ${JSON.stringify(written)}`,
    );
  return {
    ...(written !== undefined && { prunePercent: percent }),
    adopt: [...new Set(invocation.adopt ?? [])].sort(),
  };
}
