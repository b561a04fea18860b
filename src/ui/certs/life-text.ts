import type { CertificateStanding } from '../../core/identity/standings/certificate-standing.ts';
import { quantity } from '../quantity.ts';

const [hour, day] = [60 * 60 * 1000, 24 * 60 * 60 * 1000];

/** Returns the remaining life of a certificate in words: `ends 2026-12-01T00:00:00.000Z, 12 days left`. */
export function lifeText(
  { state, detail, expires, begins }: Pick<CertificateStanding, 'state' | 'detail' | 'expires' | 'begins'>,
  now: number,
): string {
  if (detail !== undefined) return `${state}: ${detail}`;
  if (state === 'early') return `is not valid before ${begins ?? ''}`;
  if (expires === undefined) return state;
  const left = Date.parse(expires) - now;
  return left <= 0 ? `ended ${expires}` : `ends ${expires}, ${timeLeft(left)} left`;
}

/** Returns a duration in its largest whole unit. */
function timeLeft(left: number): string {
  if (left >= 2 * day) return quantity(Math.floor(left / day), 'day');
  return left >= hour ? quantity(Math.floor(left / hour), 'hour') : 'less than an hour';
}
