import { escapeControl } from '../core/lib/escape-control.ts';
import { flow } from '../core/lib/flow.ts';
import type { Origin } from '../core/location.ts';
import type { SpecEdit } from '../core/plan/spec-edit.ts';
import type { Json } from '../core/targets/artifact.ts';

/** A sentence about differences of two specs; `origin` is the place of the first one. The text has no control characters. */
export interface SpecEditLine {
  readonly op: SpecEdit['op'];
  readonly text: string;
  readonly origin: Origin;
}

/** Returns the differences as sentences, in order: `Route reviews, rule everybody: v1 90 → 50, v2 10 → 50`. */
export function specEditLines(edits: readonly SpecEdit[]): readonly SpecEditLine[] {
  const lines: SpecEditLine[] = [];
  for (let i = 0; i < edits.length; ) {
    const weights = weightsFrom(edits, i);
    const [first] = weights.length > 0 ? weights : edits.slice(i, i + 1);
    if (first === undefined) break;
    const said = weights.length > 0 ? weights.map(weightText).join(', ') : editText(first);
    const within = weights.length > 0 ? first.within.slice(0, -1) : first.within;
    const text = escapeControl(`${[documentName(first), ...within].join(', ')}: ${said}`);
    lines.push({ op: first.op, text, origin: first.origin });
    i += Math.max(1, weights.length);
  }
  return lines;
}

/** Returns `Route shop/reviews`; the namespace `default` is left out. */
function documentName({ kind, namespace, name }: SpecEdit): string {
  return `${kind} ${namespace === '' || namespace === 'default' ? name : `${namespace}/${name}`}`;
}

/** Returns the changed weights of one rule's backends that begin at `start`; empty if there is none. */
function weightsFrom(edits: readonly SpecEdit[], start: number): readonly SpecEdit[] {
  const first = edits[start];
  if (first === undefined || !isWeight(first)) return [];
  const rule = ruleOf(first);
  const others = edits.slice(start);
  const end = others.findIndex((edit) => !isWeight(edit) || ruleOf(edit) !== rule);
  return end < 0 ? others : others.slice(0, end);
}

function isWeight({ kind, op, field, within }: SpecEdit): boolean {
  return (
    kind === 'Route' &&
    op === 'update' &&
    field === 'weight' &&
    within.at(-1)?.startsWith('backend ') === true
  );
}

function ruleOf(edit: SpecEdit): string {
  return JSON.stringify([documentName(edit), edit.within.slice(0, -1)]);
}

function weightText({ within, before, after }: SpecEdit): string {
  return `${within.at(-1)?.slice('backend '.length) ?? ''} ${valueText(before)} → ${valueText(after)}`;
}

function editText(edit: SpecEdit): string {
  const { op, kind, field, before, after } = edit;
  if (field === undefined && op !== 'update') return wholeText(edit);
  const name = field === undefined ? '' : `${field}: `;
  const lists = Array.isArray(before) && Array.isArray(after) ? listText(before, after) : undefined;
  if (lists === undefined) return `${name}${valueText(before)} → ${valueText(after)}`;
  const callers = kind === 'Access' ? callerWords[field ?? ''] : undefined;
  return callers === undefined ? `${name}${changesText(lists)}` : changesText(lists, callers);
}

/** Returns the words for a document or a named part that comes or goes. */
function wholeText({ op, before, after }: SpecEdit): string {
  if (op === 'create') return after === undefined ? 'new' : `new, ${valueText(after)}`;
  return before === undefined ? 'removed' : `removed, was ${valueText(before)}`;
}

type ListChanges = NonNullable<ReturnType<typeof listText>>;

function changesText(
  { added, gone }: ListChanges,
  [also, longer]: readonly [string, string] = ['also', 'no longer'],
): string {
  return [
    ...(added.length > 0 ? [`${also} ${added.join(', ')}`] : []),
    ...(gone.length > 0 ? [`${longer} ${gone.join(', ')}`] : []),
  ].join('; ');
}

/** Words for callers that come and go in the rules of an Access. */
const callerWords: Readonly<Record<string, readonly [string, string]>> = {
  'allow.from': ['also allows', 'no longer allows'],
  'deny.from': ['also refuses', 'no longer refuses'],
};

/** Returns the entries that come and go; undefined if the lists differ otherwise, in order or number. */
function listText(before: readonly Json[], after: readonly Json[]) {
  const [was, will] = [before.map(entryText), after.map(entryText)];
  const added = will.filter((entry) => !was.includes(entry));
  const gone = was.filter((entry) => !will.includes(entry));
  const kept = (list: readonly string[], others: readonly string[]) =>
    list.filter((entry) => !others.includes(entry)).join('\n');
  if (added.length + gone.length === 0 || kept(was, gone) !== kept(will, added)) return undefined;
  return { added, gone };
}

/** Returns an entry as people name it: `checkout`, `namespace ops`, `{prefix: /api}`. */
function entryText(entry: Json): string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return valueText(entry);
  const [[key, value] = ['', ''], ...others] = Object.entries(entry);
  if (others.length > 0 || typeof value !== 'string') return valueText(entry);
  return `${key} ${shortened(value)}`;
}

function valueText(value: Json | undefined): string {
  return value === undefined ? 'not set' : shortened(flow(value));
}

const longest = 160;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
