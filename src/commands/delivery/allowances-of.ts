import type { Options } from '../../command-table/invocation.ts';
import type { Allowances } from '../../core/plan/allowances.ts';
import { UsageError } from '../../core/usage-error.ts';

/** Returns the allowances of the options. Throws UsageError if a value isn't a percentage or a field. */
export function allowancesOf(
  invocation: Options<'adopt' | 'allowPrunePercent' | 'takeOwnership'>,
): Allowances {
  const written = invocation.allowPrunePercent;
  const percent = Number(written);
  if (written !== undefined && !(/^\d{1,3}$/.test(written) && percent <= 100))
    throw new UsageError(
      `--allow-prune-percent takes a number from 0 to 100, not ${JSON.stringify(written)}`,
    );
  const take = [...new Set(invocation.takeOwnership ?? [])].sort();
  for (const claim of take) {
    if (!/^[^:]+\/[^:]+:\.\S/.test(claim))
      throw new UsageError(
        `--take-ownership takes an object and a field, as core/Service/shop/web:.spec.ports, not ${JSON.stringify(claim)}: the refusal names both`,
      );
  }
  return {
    ...(written !== undefined && { prunePercent: percent }),
    adopt: [...new Set(invocation.adopt ?? [])].sort(),
    ...(take.length > 0 && { take }),
  };
}
