import type { Check } from './check.ts';

/** A proxy and whether its administration address answered. */
export interface AskedProxy {
  readonly id: string;
  readonly admin: string;
  readonly answered: boolean;
}

/** Checks that the proxies of a target answer, and counts those that do. */
export function proxyCheck(target: string, proxies: readonly AskedProxy[]): Check {
  const name = `proxies of ${target}`;
  const silent = proxies.filter(({ answered }) => !answered);
  const count = `${String(proxies.length - silent.length)} of ${String(proxies.length)} answer`;
  if (silent.length === 0) return { name, state: 'ok', says: count };
  const [first] = silent;
  const example =
    first === undefined ? '' : `: ${first.id} at ${first.admin}${silent.length > 1 ? ', …' : ''}`;
  return {
    name,
    state: 'note',
    says: `${count}; silent${example}`,
    do: "start them as the output's index.json says, on the machines where they belong",
  };
}
