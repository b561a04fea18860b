import type { Outcome, Share } from '../semantics/outcome.ts';
import { percent } from './units.ts';

/** Returns an outcome in a few words: `refused 403: no allow rule takes the call`. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'forwarded':
      return `forwarded to ${sharesText(outcome.backends)}`;
    case 'redirected':
      return `redirected ${String(outcome.status)} to ${outcome.location}`;
    case 'responded':
    case 'refused':
    case 'unroutable':
      return `${outcome.outcome} ${String(outcome.status)}: ${outcome.reason}`;
  }
}

/** Returns shares as `shop/reviews@v1 90%, shop/reviews@v2 10%`. */
export function sharesText(shares: readonly Share[]): string {
  return shares.length === 0
    ? 'none'
    : shares
        .map(({ service, version, share }) => `${placeText(service, version)} ${percent(share)}`)
        .join(', ');
}

/** Returns `SERVICE@VERSION`; a service in all versions without one. */
export function placeText(service: string, version: string | undefined): string {
  return version === undefined || version === '*' ? service : `${service}@${version}`;
}
