import type { Check } from './check.ts';

/** Reports addresses of proxies at which other programs listen on this machine; `taken` has a sentence for each. */
export function addressCheck(target: string, taken: readonly string[]): Check {
  const named = taken.slice(0, most);
  const more = taken.length > most ? [`and ${String(taken.length - most)} more`] : [];
  return { name: `addresses of ${target}`, state: 'fail', says: [...named, ...more].join('; ') };
}

const most = 5;
