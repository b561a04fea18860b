import type { Details, Report } from '../../diagnostics/message.ts';
import { closest } from '../../lib/closest.ts';
import { locationOf, type SpecPlace } from './spec-place.ts';

interface Mistaken extends SpecPlace {
  /** The unknown name as written. */
  readonly name: string;
  /** The namespace in which a bare name is looked up; absent if such names have no namespace. */
  readonly namespace?: string;
}

/**
 * The most comparisons of names in one linking. Without a limit, each unknown name would be compared with each known
 * one.
 */
const mostComparisons = 200_000;

const comparisons = new WeakMap<Report, number>();

/**
 * Suggests an existing name for an unknown one: a sentence for the message and a fix. Returns an empty suggestion if no
 * name is close, or if linking has made `mostComparisons` comparisons.
 */
export function suggestion(
  report: Report,
  mistaken: Mistaken,
  wanted: string,
  candidates: Iterable<string>,
): { readonly hint: string; readonly details: Details } {
  const compared = comparisons.get(report) ?? 0;
  if (compared >= mostComparisons) return { hint: '', details: {} };
  const known = [...candidates];
  comparisons.set(report, compared + known.length);
  const near = closest(wanted, known);
  // A common namespace makes short names look alike: default/all and default/hello.
  const isNear = near !== undefined && closest(bareName(wanted), [bareName(near)]) !== undefined;
  const meant = (isNear ? near : undefined) ?? elsewhere(wanted, known);
  if (meant === undefined) return { hint: '', details: {} };
  const text = relative(meant, mistaken);
  // No fix for keys: replacing one could drop quotes or create a duplicate.
  if (mistaken.part === 'key') return { hint: `; did you mean ${text}?`, details: {} };
  return {
    hint: `; did you mean ${text}?`,
    details: { fix: { title: `Write ${text}`, edits: [{ location: locationOf(mistaken), text }] } },
  };
}

/** Returns the same name in another namespace. */
function elsewhere(wanted: string, candidates: readonly string[]): string | undefined {
  const slash = wanted.indexOf('/');
  if (slash < 0) return undefined;
  const same = candidates.filter((candidate) => candidate.endsWith(wanted.slice(slash)));
  return same.length === 1 ? same[0] : undefined;
}

/** Returns a name without its namespace. */
function bareName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** Returns `meant` in the form in which the unknown name was written. */
function relative(meant: string, { name, namespace }: Mistaken): string {
  const bare = namespace !== undefined && !name.includes('/') && meant.startsWith(`${namespace}/`);
  return bare ? meant.slice(namespace.length + 1) : meant;
}
