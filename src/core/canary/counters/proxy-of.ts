import type { Arms } from '../../evidence/arms.ts';
import type { Sample } from './sample.ts';

/** Returns the proxy that a series comes from, by the values of its labels. */
export function proxyOf(
  { proxyLabels }: Pick<Arms, 'proxyLabels'>,
  { labels }: Pick<Sample, 'labels'>,
): string {
  return proxyLabels.map((label) => labels[label] ?? '').join('/');
}
