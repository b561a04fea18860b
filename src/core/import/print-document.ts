import { yamlKey, yamlScalar } from './yaml-scalar.ts';

/** A document of the mesh language as plain data. */
export interface PrintedDocument {
  readonly kind: string;
  readonly metadata: object;
  readonly spec: object;
}

/** The longest line with a list or map in flow style. */
const longest = 100;

/** The most places that a comment names. */
const mostPlaces = 3;

/** Returns a document as YAML, below a comment that names the places it comes from; short lists and maps are in flow style. */
export function printDocument({ kind, metadata, spec }: PrintedDocument, places: readonly string[]): string {
  const more = places.length - mostPlaces;
  const named = [...places.slice(0, mostPlaces), ...(more > 0 ? [`${String(more)} more`] : [])].join(', ');
  const comment = places.length > 0 ? [`# from ${named}`] : [];
  const lines: string[] = [];
  write(Object.entries(spec), 2, lines);
  return [
    ...comment,
    'apiVersion: mesh/v1',
    `kind: ${kind}`,
    `metadata: ${flow(metadata)}`,
    ...(lines.length > 0 ? ['spec:', ...lines] : ['spec: {}']),
    '',
  ].join('\n');
}

type Entries = readonly (readonly [string, unknown])[];

/** Writes the entries of a map in block style, each in flow style if it fits on the line. */
function write(entries: Entries, indent: number, lines: string[], first = ' '.repeat(indent)): void {
  let head = first;
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    const start = `${head}${yamlKey(key)}:`;
    head = ' '.repeat(indent);
    const line = `${start} ${flow(value)}`;
    if (line.length <= longest || !isContainer(value)) lines.push(line);
    else if (Array.isArray(value)) {
      lines.push(start);
      writeList(value, indent + 2, lines);
    } else {
      lines.push(start);
      write(Object.entries(value), indent + 2, lines);
    }
  }
}

function writeList(items: readonly unknown[], indent: number, lines: string[]): void {
  const start = `${' '.repeat(indent)}- `;
  for (const item of items) {
    const line = `${start}${flow(item)}`;
    if (line.length <= longest || !isContainer(item)) lines.push(line);
    else if (Array.isArray(item)) lines.push(line);
    else write(Object.entries(item), indent + 2, lines, start);
  }
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isContainer(value)) return typeof value === 'string' ? yamlScalar(value) : JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries.map(([key, one]) => `${yamlKey(key)}: ${flow(one)}`).join(', ')}}`;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
