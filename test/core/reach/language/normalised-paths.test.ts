import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dead } from '../../../../src/core/reach/language/automaton.ts';
import { normalisedPaths } from '../../../../src/core/reach/language/domains.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';

function accepts(path: string): boolean {
  const automaton = normalisedPaths();
  let state = automaton.start;
  for (const character of path) {
    state = automaton.step(state, character.charCodeAt(0));
    if (state === dead) return false;
  }
  return automaton.accepts(state);
}

const piece = fc.constantFrom(
  '/',
  '.',
  '..',
  ';',
  '%',
  '%2F',
  '%2f',
  '%41',
  '%25',
  '%00',
  '%5C',
  '%20',
  'a',
  '4',
  '1',
  'x;y',
  '\\',
  '|',
  '"',
  '#',
  '~',
);
const paths = fc.array(piece, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);

test('the automaton accepts every path that normalisation returns', () => {
  fc.assert(
    fc.property(paths, (path) => {
      const normal = normalisePath(path);
      if (normal !== undefined) expect(accepts(normal), `${path} → ${normal}`).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test('the automaton accepts no path that normalisation changes or refuses', () => {
  fc.assert(
    fc.property(paths, (path) => {
      if (accepts(path)) expect(normalisePath(path)).toBe(path);
    }),
    { numRuns: 20_000 },
  );
});
