import { defineMessages, finding } from '../../diagnostics/message.ts';
import { keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import { insertion } from '../../source/insertion.ts';
import type { Backend } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2086: {
    severity: 'warning',
    text: 'the weights look like percentages and sum to {sum}: {shares}',
    explanation:
      'Weights are shares of their sum, whatever it is. If they are meant as percentages, let them sum to 100; if not, the shares in the message are the ones that hold: use small numbers such as 9 and 1, or suppress this finding.',
  },
  MESH2087: {
    severity: 'warning',
    text: 'the weight is left out, which is 1 beside {given}: {share} of the requests',
    explanation:
      'A backend without `weight` has the weight 1, which is next to nothing beside percentages. Write its weight.',
  },
});

/** The smallest weight that looks like a percentage when others stand beside it. */
const percentage = 10;

/** Reports weights of a rule that look like percentages and don't sum to 100, or of which one is left out. */
export const weightSum: Analyzer = {
  name: 'weight-sum',
  description:
    'Reports weights that look like percentages and don’t sum to 100, or of which one is left out.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.routes)
      for (const rule of value.spec.rules) {
        const { backends = [] } = rule;
        const given = backends.flatMap(({ weight }) => weight ?? []);
        const left = backends.filter(({ weight }) => weight === undefined);
        const sum = given.reduce((total, weight) => total + weight, 0);
        if (given.length === 0 || backends.length < 2 || Math.max(...given) < percentage) continue;
        for (const backend of left) report(leftOut(backend, backends, left.length, sum));
        const isNear = sum >= 80 && sum <= 120 && sum !== 100;
        if (left.length > 0 || !isNear || new Set(given).size === 1) continue;
        const shares = backends.map(({ weight = 1 }) => share(weight, sum)).join(', ');
        const location = keyLocationOf({ container: rule, key: 'backends' });
        report(finding(messages, 'MESH2086', location, { sum, shares }));
      }
  },
};

function leftOut(backend: Backend, backends: readonly Backend[], count: number, sum: number) {
  const given = backends.flatMap(({ weight }) => weight ?? []).join(', ');
  const rest = 100 - sum;
  const fix = {
    title: `write weight: ${String(rest)}`,
    edits: [insertion(backend, `weight: ${String(rest)}`)],
  };
  const values = { given, share: share(1, sum + count) };
  const location = locationOf({ container: backend });
  return finding(messages, 'MESH2087', location, values, count === 1 && rest > 0 ? { fix } : {});
}

function share(weight: number, sum: number): string {
  return `${String(Math.round((weight / sum) * 1000) / 10)}%`;
}
