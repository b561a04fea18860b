import { parseArgs } from 'node:util';
import { askPair, emptyTally } from './dense-pair.ts';

/**
 * Compares the engine with `decide` on the dense pairs of meshes of a range of numbers. The counts of disjoint ranges
 * add up: `--pairs 0-1000` and `--pairs 1000-2000` are two halves.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '0-2000' },
    requests: { type: 'string', default: '520' },
  },
});
const [from = 0, to = 0] = values.pairs.split('-').map(Number);
const tally = emptyTally();
for (let number = from; number < to; number += 1) {
  askPair(number, Number(values.requests), tally);
  if (tally.pairs % 100 === 0) console.warn(`${String(number + 1)}: ${JSON.stringify(tally.answers)}`);
}
for (const fault of tally.faults) console.error(fault);
const { same, differs, wider, wrong, missed, alike } = tally.answers;
console.log(
  JSON.stringify({ pairs: [from, to], requests: same + differs + wider + wrong, ...tally.answers }),
);
process.exitCode = wrong + missed + alike === 0 ? 0 : 1;
