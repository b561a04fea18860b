import { withoutBlanks } from '../lib/without-blanks.ts';
import type { Request } from './request.ts';

/**
 * Returns the value of `x-forwarded-proto` as proxies read it: several lines are joined with commas, without empty
 * ones. Undefined if there is none.
 */
export function forwardedProtocol({ headers }: Pick<Request, 'headers'>): string | undefined {
  const said = headers.filter(({ name }) => name === 'x-forwarded-proto');
  if (said.length === 0) return undefined;
  return said
    .map(({ value }) => withoutBlanks(value))
    .filter((value) => value !== '')
    .join(',');
}
