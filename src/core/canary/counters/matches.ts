import { RE2JS } from 're2js';
import type { LabelMatcher, Series } from '../../evidence/arms.ts';
import type { Sample } from './sample.ts';

/** Tells if a sample belongs to a series. */
export type Matches = (sample: Sample) => boolean;

/** Compiles the conditions of a series. */
export function matchesSeries({ metric, matchers }: Series): Matches {
  const fulfils = matchesLabels(matchers);
  return (sample) => sample.metric === metric && fulfils(sample);
}

/** Compiles conditions on labels, all of which must hold. */
export function matchesLabels(
  matchers: readonly LabelMatcher[],
): (sample: Pick<Sample, 'labels'>) => boolean {
  const tests = matchers.map(({ label, op, value }) => {
    const holds = valueTest(op, value);
    return ({ labels }: Pick<Sample, 'labels'>) => holds(labels[label] ?? '');
  });
  return (sample) => tests.every((test) => test(sample));
}

function valueTest(op: LabelMatcher['op'], value: string): (text: string) => boolean {
  if (op === '=') return (text) => text === value;
  if (op === '!=') return (text) => text !== value;
  const pattern = RE2JS.compile(value);
  const known = new Map<string, boolean>();
  return (text) => {
    // A label has few values and each occurs in many series.
    const matched = known.get(text) ?? pattern.matches(text);
    if (known.size < 1000) known.set(text, matched);
    return matched === (op === '=~');
  };
}
