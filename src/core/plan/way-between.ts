import type { Way } from '../access-change/not-hitless.ts';
import { own } from '../lib/own.ts';
import { hasProxies, type Revision } from '../revision/revision.ts';
import { accessOrders } from '../targets/access-orders.ts';

/**
 * Returns the way on which proxies get from one revision to the next: stages if they read the files of both, the order of
 * objects if these are written to a cluster; none if it isn't known.
 */
export function wayBetween(
  before: Pick<Revision, 'proxies'> | undefined,
  next: Pick<Revision, 'proxies' | 'ir' | 'about'> | undefined,
): { readonly way?: Way } {
  if (next === undefined) return {};
  if (hasProxies(before) && hasProxies(next)) return { way: 'stages' };
  const config = own(next.ir.targets, next.about.target);
  const way = config?.output?.type === 'kubernetes' ? accessOrders[config.platform] : undefined;
  return way === undefined ? {} : { way };
}
