import { programSize } from '../../../lib/program-size.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { largestProgram } from '../../gateway-api-objects/cilium-reading.ts';
import { classWithout } from './letters.ts';

/** A set of methods: those of `names`, or with `but` all except these. */
export interface Methods {
  readonly but: boolean;
  readonly names: readonly string[];
}

export const everyMethod: Methods = { but: true, names: [] };

export function methodsOf(names: readonly string[] | undefined): Methods {
  return names === undefined ? everyMethod : { but: false, names };
}

export function withMethods(one: Methods, other: Methods): Methods {
  if (!one.but) return { but: false, names: one.names.filter((name) => has(other, name)) };
  if (!other.but) return withMethods(other, one);
  return { but: true, names: [...new Set([...one.names, ...other.names])] };
}

export function withoutMethods(one: Methods, { but, names }: Methods): Methods {
  return withMethods(one, { but: !but, names });
}

export function isNoMethod({ but, names }: Methods): boolean {
  return !but && names.length === 0;
}

function has({ but, names }: Methods, name: string): boolean {
  return names.includes(name) !== but;
}

/** Returns patterns that together take a set of methods; undefined if the set has all methods. */
export function methodPatterns({ but, names }: Methods): readonly string[] | undefined {
  const sorted = [...new Set(names)].sort();
  if (!but) return [sorted.map(quoteRegex).join('|')];
  if (sorted.length === 0) return undefined;
  const all = otherThan('', sorted);
  const whole = all.join('|');
  return programSize(whole) <= largestProgram ? [whole] : all;
}

/**
 * Returns patterns of all methods with a beginning except some. RE2 has no negation: there is a pattern for each place
 * at which a method can differ.
 */
function otherThan(start: string, words: readonly string[]): readonly string[] {
  const longer = words.filter((word) => word.startsWith(start) && word !== start);
  const next = [...new Set(longer.map((word) => word.charAt(start.length)))];
  const mayEnd = start !== '' && !words.includes(start);
  const other = `${classWithout(next)}[!-~]*`;
  return [
    `${quoteRegex(start)}${mayEnd ? `(?:${other})?` : other}`,
    ...next.flatMap((one) => otherThan(`${start}${one}`, words)),
  ];
}
