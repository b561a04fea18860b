import { beforeEach, expect, test } from 'vitest';
import type { Invocation } from '../../src/command-table/invocation.ts';
import { type AccessMemory, accessMemory } from '../../src/commands/access-memory.ts';
import type { AccessRow } from '../../src/core/reach/access-row.ts';

const rows: readonly AccessRow[] = ['a', 'b'].map((name) => ({
  from: [`shop/${name}`],
  to: 'shop/pay',
  ports: ['http'],
  methods: ['*'],
  paths: ['*'],
  rules: ['access.yaml:7'],
}));

const entries = new Map<string, Uint8Array>();
const memory = {
  recall: (name: string) => entries.get(name),
  keep: (name: string, bytes: Uint8Array) => {
    entries.set(name, bytes);
  },
};
let sources = specOf('# shop');

beforeEach(() => {
  entries.clear();
  sources = specOf('# shop');
});

/** Returns a spec that is large enough to be remembered. */
function specOf(line: string) {
  const bytes = new TextEncoder().encode(`${line}\n`.repeat(20_000));
  return { sources: [{ file: 'mesh.yaml', bytes }], unreadable: [] };
}

function asked(more: Partial<Invocation<'access'>> = {}): AccessMemory {
  const invocation = {
    arguments: [],
    formats: [],
    time: new Date('2026-03-01'),
    ...more,
  } as Invocation<'access'>;
  const found = accessMemory(memory, sources, invocation);
  if (found === undefined) throw new Error('nothing is remembered');
  return found;
}

const listed = ({ known }: AccessMemory): readonly AccessRow[] | undefined => known && [...known.rows];

test('the whole list is known to the next run of the same question about the same spec', () => {
  expect(asked().known).toBeUndefined();
  expect([...asked().keeping('Access', rows)]).toEqual(rows);
  expect(listed(asked())).toEqual(rows);
  expect(asked().known?.title).toBe('Access');
  for (const other of [
    { from: 'shop/a' },
    { to: 'shop/pay' },
    { unusedCalls: true },
    { failOn: 'warning' as const },
  ])
    expect(asked(other).known, JSON.stringify(other)).toBeUndefined();
  expect(asked({ time: new Date('2026-03-02') }).known).toBeUndefined();
  sources = specOf('# ship');
  expect(asked().known).toBeUndefined();
});

test('a list that nobody read to its end is not remembered', () => {
  asked().keeping('Access', rows)[Symbol.iterator]().next();
  expect(asked().known).toBeUndefined();
});

test('an entry of another form is as good as none', () => {
  for (const text of ['', 'null', '[]', '{"key": 1}', 'no JSON']) {
    memory.keep('access', new TextEncoder().encode(text));
    expect(asked().known).toBeUndefined();
  }
});
