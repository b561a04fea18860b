import type { Artifact } from '../../src/core/targets/artifact.ts';
import { sha256 } from '../../src/core/lib/sha256.ts';
import { files } from '../../src/core/targets/files.ts';
import type { Proxy } from '../../src/core/targets/target.ts';

/** A file of golden output. */
export interface GoldenFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What a target makes of a mesh, short enough to be read: what fits a line stands in a line, of files that proxies have in
 * common but for addresses and ids only the first proxy's are there, and parts that come up again are in `shared` alone.
 */
export function golden(artifacts: readonly Artifact[], proxies: readonly Proxy[]): readonly GoldenFile[] {
  const objects = artifacts.flatMap((artifact) =>
    artifact.type === 'object'
      ? [{ path: `${artifact.kind}/${artifact.namespace}.${artifact.name}`, content: artifact.manifest as unknown }]
      : [],
  );
  const written = files(artifacts).map(({ path, text }) => ({
    path: path.replace(/^config\/current\//, '').replace(/\.json$/, ''),
    content: resources(JSON.parse(text)),
  }));
  const [own, common] = parted(written, ({ path }) => path.startsWith('proxies/'));
  const shown: readonly Shown[] = [...objects, ...common, ...distinct(own, proxies.map(({ id }) => id))];
  const shared = new SharedParts(shown.map(({ content }) => content));
  const certificates = artifacts.flatMap((artifact) =>
    artifact.type === 'certificate' ? [`${artifact.proxy}: ${artifact.profile} ${artifact.subject}`] : [],
  );
  return [
    ...shown.map(({ path, content, head = '' }) => ({ path, text: `${head}${readable(shared.short(content))}` })),
    ...(certificates.length > 0 ? [{ path: 'certificates', text: certificates.sort().join('\n') }] : []),
    { path: 'shared', text: readable(shared.parts()) },
  ]
    .filter(({ text }) => text !== '')
    .map(({ path, text }) => ({ path: `${path}.yaml`, text: `${text}\n` }));
}

interface Shown {
  readonly path: string;
  readonly content: unknown;
  readonly head?: string;
}

/** Parts that several places have, by a name of where they stand and a digest of what they are. */
class SharedParts {
  readonly #counts = new Map<string, number>();
  readonly #parts = new Map<string, unknown>();

  constructor(contents: readonly unknown[]) {
    for (const content of contents) this.#count(content);
  }

  /** The same value with a reference for each part that comes up again. */
  short(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.#reference('part', entry));
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.#reference(key, entry)]));
  }

  parts(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#parts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #reference(key: string, value: unknown): unknown {
    const text = JSON.stringify(value);
    if ((this.#counts.get(text) ?? 0) < 2) return this.short(value);
    const name = `${key}-${sha256(text).slice(0, 6)}`;
    if (!this.#parts.has(name)) this.#parts.set(name, this.short(value));
    return `*${name}`;
  }

  #count(value: unknown): void {
    if (!isMap(value) && !Array.isArray(value)) return;
    const text = JSON.stringify(value);
    if (text.length < long) return;
    const before = this.#counts.get(text) ?? 0;
    this.#counts.set(text, before + 1);
    // What stands in a repeated part comes up with it, which makes it no part of its own.
    if (before === 0) for (const entry of Object.values(value)) this.#count(entry);
  }
}

/** Characters of JSON from which a part is worth a name. */
const long = 160;

/** Of files that are the same but for ids and addresses the first, headed by whose are like it. */
function distinct(own: readonly Shown[], ids: readonly string[]): readonly Shown[] {
  const alike = new Map<string, Shown[]>();
  for (const file of own) {
    const id = ids.find((each) => file.path.startsWith(`proxies/${each}/`)) ?? '';
    const shape = `${file.path.slice(file.path.lastIndexOf('/'))}\n${anonymous(JSON.stringify(file.content), id)}`;
    alike.set(shape, [...(alike.get(shape) ?? []), file]);
  }
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, head: others.map(({ path }) => `# also ${path}\n`).join('') }],
  );
}

function anonymous(text: string, id: string): string {
  return text
    .replaceAll(id, 'ID')
    .replace(/127(\.\d+){3}(:\d+)?/g, 'ADDRESS')
    .replace(/"port_value":\d+/g, '"port_value":0');
}

/** Resources of xDS without the wrapping that all have. */
function resources(content: unknown): unknown {
  return isMap(content) && Array.isArray(content['resources']) ? content['resources'] : content;
}

const width = 120;

/** YAML in which what fits a line stands in a line. */
function readable(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return value.map((entry) => `${indent}- ${item(entry, `${indent}  `)}`).join('\n');
  if (!isMap(value)) return `${indent}${scalar(value)}`;
  return Object.entries(value)
    .map(([key, entry]) => {
      const line = `${indent}${name(key)}: ${flow(entry)}`;
      if (line.length <= width || !(isMap(entry) || Array.isArray(entry))) return line;
      return `${indent}${name(key)}:\n${readable(entry, Array.isArray(entry) ? indent : `${indent}  `)}`;
    })
    .join('\n');
}

function item(entry: unknown, indent: string): string {
  const line = flow(entry);
  if (indent.length + line.length <= width || !(isMap(entry) || Array.isArray(entry))) return line;
  return readable(entry, indent).slice(indent.length);
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isMap(value)) return scalar(value);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${name(key)}: ${flow(entry)}`)
    .join(', ')}}`;
}

function name(key: string): string {
  return scalar(key);
}

/** Types without the words that all of them share. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const short = value.replace(/^type\.googleapis\.com\/envoy\.(?:\w+\.)*/, '~');
  return /^(?:[a-z~/]|\*\w)[\w~./-]*$/i.test(short) && !/^(?:true|false|null|yes|no|on|off)$/i.test(short)
    ? short
    : JSON.stringify(short);
}

function parted<T>(all: readonly T[], is: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((each) => !is(each))];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
