import { closest } from '../../lib/closest.ts';
import { own } from '../../lib/own.ts';
import type { Problem } from './problem.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Finds the object of a reference. `shop/reviews` is a full name; `reviews` is looked up in each of `namespaces` and
 * then in the whole mesh, where it must be unique. `kind` is the word for the object in a problem.
 */
export function findNamed(
  reference: string,
  kind: string,
  records: readonly Readonly<Record<string, Named>>[],
  namespaces: readonly string[],
): { readonly id: string } | Problem {
  const ids = reference.includes('/')
    ? [reference]
    : namespaces.map((namespace) => `${namespace}/${reference}`);
  const id = ids.find((candidate) => records.some((record) => own(record, candidate) !== undefined));
  if (id !== undefined) return { id };
  const bare = reference.slice(reference.indexOf('/') + 1);
  const candidates = records.flatMap((record) => Object.values(record));
  const elsewhere = candidates.filter(({ name }) => name === bare);
  const [only] = elsewhere;
  if (only !== undefined && elsewhere.length === 1 && !reference.includes('/')) return { id: only.id };
  if (elsewhere.length > 0) {
    return {
      problem: `there is no ${kind} \`${reference}\`; write ${listed(elsewhere.map((other) => other.id))}`,
    };
  }
  const near =
    closest(
      reference,
      candidates.map((candidate) => candidate.id),
    ) ?? nearName(bare, candidates);
  return {
    problem: `there is no ${kind} \`${reference}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  };
}

function nearName(name: string, candidates: readonly Named[]): string | undefined {
  const near = closest(
    name,
    candidates.map((candidate) => candidate.name),
  );
  return candidates.find((candidate) => candidate.name === near)?.id;
}

function listed(ids: readonly string[]): string {
  return ids
    .toSorted()
    .map((id) => `\`${id}\``)
    .join(' or ');
}
