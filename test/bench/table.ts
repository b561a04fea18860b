import type { CompileFigures } from './bench-mesh.ts';

/** Figures at one size: seconds, bytes. */
export interface Row {
  readonly size: number;
  readonly validate: { readonly cold: number; readonly unchanged: number; readonly changed: number };
  readonly compile: Readonly<Record<string, CompileFigures>>;
  readonly istioctl?: { readonly analyze: number; readonly validate: number };
}

interface Column {
  readonly title: string;
  readonly value: (row: Row) => number | undefined;
  readonly shown: (value: number) => string;
}

/** Markdown tables: in each a row for each size and one for how the figures grow, time(n) ~ n^exponent. */
export function tables(rows: readonly Row[]): string {
  const platforms = Object.keys(rows[0]?.compile ?? {});
  return [
    table('mesh validate', rows, [
      { title: 'nothing known', value: ({ validate }) => validate.cold, shown: seconds },
      { title: 'one file changed', value: ({ validate }) => validate.changed, shown: seconds },
      { title: 'unchanged', value: ({ validate }) => validate.unchanged, shown: seconds },
    ]),
    ...platforms.map((name) =>
      table(`mesh compile --target ${name}`, rows, [
        { title: 'nothing known', value: ({ compile }) => compile[name]?.cold, shown: seconds },
        { title: 'unchanged', value: ({ compile }) => compile[name]?.unchanged, shown: seconds },
        { title: 'as a stream', value: ({ compile }) => compile[name]?.streamed, shown: seconds },
        { title: 'peak memory', value: ({ compile }) => compile[name]?.memory, shown: megabytes },
        { title: 'output', value: ({ compile }) => compile[name]?.output, shown: megabytes },
      ]),
    ),
    ...(rows.some(({ istioctl }) => istioctl) ? [beside(rows)] : []),
  ].join('\n');
}

function beside(rows: readonly Row[]): string {
  return table('istioctl on the output for istio', rows, [
    { title: '`istioctl analyze`', value: ({ istioctl }) => istioctl?.analyze, shown: seconds },
    {
      title: 'in runs of `mesh validate`',
      value: ({ istioctl, validate }) => istioctl && istioctl.analyze / validate.cold,
      shown: times,
    },
    { title: '`istioctl validate`', value: ({ istioctl }) => istioctl?.validate, shown: seconds },
    {
      title: 'in runs of `mesh validate`',
      value: ({ istioctl, validate }) => istioctl && istioctl.validate / validate.cold,
      shown: times,
    },
  ]);
}

function table(title: string, rows: readonly Row[], columns: readonly Column[]): string {
  const lines = [
    ['services', ...columns.map((column) => column.title)],
    ['---:', ...columns.map(() => '---:')],
    ...rows.map((row) => [
      row.size.toLocaleString('en'),
      ...columns.map(({ value, shown }) => {
        const found = value(row);
        return found === undefined ? '' : shown(found);
      }),
    ]),
    ['growth', ...columns.map(({ value, shown }) => (shown === times ? '' : exponent(rows, value)))],
  ];
  return `\`${title}\`\n\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
}

const seconds = (value: number): string => `${value.toFixed(2)} s`;
const megabytes = (value: number): string => `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;

const times = (value: number): string => value.toFixed(1);

/** Between the largest size and the one before the last tenfold, where the start of a process no longer counts. */
function exponent(rows: readonly Row[], value: Column['value']): string {
  const last = rows.at(-1);
  const first = rows.findLast(({ size }) => size * 5 <= (last?.size ?? 0));
  const [from, to] = [first && value(first), last && value(last)];
  if (!first || !last || from === undefined || to === undefined) return '';
  return (Math.log(to / from) / Math.log(last.size / first.size)).toFixed(2);
}
