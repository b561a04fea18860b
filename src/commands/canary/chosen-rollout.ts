import { didYouMean } from '../../core/lib/did-you-mean.ts';
import { UsageError } from '../../core/usage-error.ts';

/** Returns the Rollout with a name or `namespace/name`; without a name, the only Rollout. */
export function chosenRollout<T extends { readonly id: string }>(
  all: readonly T[],
  named: string | undefined,
  where: string,
): T {
  const found = all.filter(({ id }) => named === undefined || id === named || id.endsWith(`/${named}`));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const ids = [...new Set(found.map(({ id }) => id))].join(', ');
  if (only !== undefined) throw new UsageError(`${where} has several Rollouts: name one of ${ids}`);
  if (named === undefined) throw new UsageError(`${where} has no Rollout`);
  const known = all.map(({ id }) => id);
  throw new UsageError(`${where} has no Rollout ${JSON.stringify(named)}${didYouMean(named, known)}`);
}
