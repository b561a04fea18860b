import { covered, type Described, mostWords } from './describe.ts';
import type { Value, Variable } from './values.ts';

/** Texts of a header, a cookie or a claim: some are there, some are not, and others may be there. */
export interface Members {
  /** The variables of all texts. */
  readonly all: readonly Variable[];
  readonly there: readonly Variable[];
  readonly gone: readonly Variable[];
}

/** Returns the texts that are there and those that are not, in the words of the rules where these say the same. */
export function describeMembers({ all, there, gone }: Members): Described {
  if (gone.length === all.length) return ['absent'];
  const not = short(wordsOf(all, gone) ?? gone.map((one) => `such as ${textOf(one)}`));
  if (there.length === 0) return { not };
  const words = there.length === 1 ? wordsOf(all, there) : undefined;
  const within = words ?? [`such as ${there.map(textOf).join(' and ')}`];
  return gone.length === 0 ? within : { in: within, not };
}

/** Returns conditions that have exactly these texts; undefined if there are none. */
function wordsOf(all: readonly Variable[], chosen: readonly Variable[]): readonly string[] | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const tests = first.tests.flatMap((test, index) =>
    'match' in test && test.match.type === 'present' ? [] : [{ test, index }],
  );
  const values = all.flatMap((one): readonly Value[] => {
    const text = textIn(one);
    return text === undefined
      ? []
      : [{ ...text, answers: tests.map(({ index }) => text.answers[index] === true) }];
  });
  const texts = { name: first.name, tests: tests.map(({ test }) => test), values };
  return covered(texts, new Set(chosen.map((one) => all.indexOf(one))));
}

/** Returns the value of a member whose text is there. */
function textIn({ values: [, text] }: Variable): Value | undefined {
  return text;
}

function textOf(member: Variable): string {
  const part = textIn(member)?.part;
  return part !== undefined && 'values' in part ? part.values.map((one) => JSON.stringify(one)).join() : '';
}

function short(words: readonly string[]): readonly string[] {
  const more = words.length - mostWords;
  return more > 0 ? [...words.slice(0, mostWords), `${String(more)} more`] : words;
}
