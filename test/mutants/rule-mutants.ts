import { parseAllDocuments, stringify } from 'yaml';
import type { SourceSet } from '../../src/core/source/source.ts';

/** A mesh in which one rule of a Route or an Access is dropped or altered. */
export interface Mutant {
  /** The change in words: `routes.yaml Route reviews rules.1: drop backends.0`. */
  readonly change: string;
  readonly sources: SourceSet;
}

type Path = readonly (string | number)[];

/** A value in a rule that is deleted or replaced. */
interface Edit {
  readonly path: Path;
  /** Absent: the value is deleted. */
  readonly value?: unknown;
}

/** Yields every mesh with one changed rule: without the rule, without a part of the rule, with another value in it. */
export function* ruleMutants({ sources }: SourceSet): Generator<Mutant> {
  for (const [index, { file, bytes }] of sources.entries()) {
    const text = new TextDecoder().decode(bytes);
    if (!/^kind: (?:Route|Access)$/m.test(text)) continue;
    const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown);
    for (const [position, document] of documents.entries())
      for (const [rule, value] of rulesOf(document).entries())
        for (const edit of [{ path: [] }, ...editsOf(value, [])]) {
          const path = ['spec', 'rules', rule, ...edit.path];
          const changed = structuredClone(documents);
          apply(changed[position], { ...edit, path });
          const own = {
            file,
            bytes: new TextEncoder().encode(changed.map((one) => stringify(one)).join('---\n')),
          };
          yield {
            change: `${file} ${nameOf(document)} rules.${String(rule)}: ${words(edit)}`,
            sources: { sources: sources.with(index, own), unreadable: [] },
          };
        }
  }
}

/** Yields every mesh with one changed value or part in a document that has no rules. */
export function* documentMutants({ sources }: SourceSet): Generator<Mutant> {
  for (const [index, { file, bytes }] of sources.entries()) {
    const documents = parseAllDocuments(new TextDecoder().decode(bytes)).map(
      (document) => document.toJS() as unknown,
    );
    for (const [position, document] of documents.entries()) {
      const { spec } = (document ?? {}) as { spec?: unknown };
      if (rulesOf(document).length > 0) continue;
      for (const edit of editsOf(spec, [])) {
        const changed = structuredClone(documents);
        apply(changed[position], { ...edit, path: ['spec', ...edit.path] });
        const text = changed.map((one) => stringify(one)).join('---\n');
        yield {
          change: `${file} ${nameOf(document)}: ${words(edit)}`,
          sources: {
            sources: sources.with(index, { file, bytes: new TextEncoder().encode(text) }),
            unreadable: [],
          },
        };
      }
    }
  }
}

function rulesOf(document: unknown): readonly unknown[] {
  const { kind, spec } = (document ?? {}) as { kind?: string; spec?: { rules?: readonly unknown[] } };
  return kind === 'Route' || kind === 'Access' ? (spec?.rules ?? []) : [];
}

function nameOf(document: unknown): string {
  const { kind = '', metadata } = document as { kind?: string; metadata?: { name?: string } };
  return `${kind} ${metadata?.name ?? ''}`;
}

/** Fields that no request shows. */
const silent: ReadonlySet<string | number> = new Set(['name', 'backoff', 'origins']);

/** Yields the deletion of each part of a value, and each scalar with another value. */
function* editsOf(value: unknown, path: Path): Generator<Edit> {
  if (typeof value !== 'object' || value === null) {
    const altered = otherValue(value);
    if (altered !== undefined) yield { path, value: altered };
    return;
  }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys) {
    if (silent.has(key)) continue;
    yield { path: [...path, key] };
    yield* editsOf((value as Readonly<Record<string | number, unknown>>)[key], [...path, key]);
  }
}

/** Returns another value of the same form; undefined if there is none. */
function otherValue(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return undefined;
  const [, number, unit] = /^(\d+)(ms|s|m|h|%)$/.exec(value) ?? [];
  if (number !== undefined) return `${String(Number(number) + 1)}${unit ?? ''}`;
  if (/^[A-Z]+$/.test(value)) return value === 'PATCH' ? 'PUT' : 'PATCH';
  return `${value}x`;
}

function apply(root: unknown, { path, ...edit }: Edit): void {
  const last = path.at(-1);
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Readonly<Record<string | number, unknown>>)[key], root);
  if (last === undefined) return;
  if ('value' in edit) (holder as Record<string | number, unknown>)[last] = edit.value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder as object, last);
}

function words({ path, ...edit }: Edit): string {
  if (path.length === 0) return 'drop the rule';
  return 'value' in edit ? `${path.join('.')} is ${JSON.stringify(edit.value)}` : `drop ${path.join('.')}`;
}
