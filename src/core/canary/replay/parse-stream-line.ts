import type { Arm, StreamLine } from '../../evidence/stream-line.ts';
import type { Json } from '../../lib/json.ts';

/** A problem of a line that can't be read; columns count from 1. */
export interface StreamProblem {
  readonly problem: string;
  readonly column: number;
}

/** The line that begins a stream in a file with many streams. */
export interface StreamName {
  readonly stream: string;
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** Reads one line of a recorded stream. Counters may be any number or null: the judge decides which it trusts. */
export function parseStreamLine(text: string): StreamLine | StreamName | StreamProblem {
  const data = jsonOf(text);
  if ('problem' in data) return data;
  try {
    return lineOf(data.fields);
  } catch (cause) {
    if (!(cause instanceof WrongField)) throw cause;
    const at = text.indexOf(JSON.stringify(cause.field));
    return { problem: cause.message, column: Math.max(0, at) + 1 };
  }
}

class WrongField extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

function jsonOf(text: string): { readonly fields: Fields } | StreamProblem {
  let data: Json;
  try {
    data = JSON.parse(text) as Json;
  } catch (cause) {
    const finite = text.replace(/([:,[]\s*)(?:-?Infinity|NaN)(?=\s*[,}\]])/g, '$1null');
    if (finite !== text) return jsonOf(finite);
    return { problem: 'the line is no JSON object', column: columnOf(text, cause) };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { problem: 'the line is no JSON object', column: 1 };
  return { fields: data as Fields };
}

/** The number of characters before the error in the parser's quotation, if the quotation is cut. */
const quoted = 10;

/** Returns the column of the first error if the parser's message tells it, else 1. */
function columnOf(text: string, cause: unknown): number {
  const { message } = cause as Error;
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position) + 1;
  if (message.includes('end of JSON')) return text.length + 1;
  const [, token = '', cut = '', context = ''] =
    /^Unexpected token '(.)', (\.{3})?"([^]*?)"(?:\.{3})? is not valid JSON$/.exec(message) ?? [];
  const at = context === '' ? -1 : text.indexOf(context);
  if (at < 0) return 1;
  return cut === '' ? text.indexOf(token) + 1 : at + quoted + 1;
}

function lineOf(fields: Fields): StreamLine | StreamName {
  if (fields['stream'] !== undefined) return { stream: textOf(fields, 'stream') };
  const t = fields['t'];
  if (typeof t !== 'number' || !(t >= 0 && t <= Number.MAX_SAFE_INTEGER))
    throw new WrongField('t', '`t` has to be the seconds since the attempt began, a number from 0');
  const part = { ...optionalText(fields, 'service'), ...optionalText(fields, 'target') };
  if (fields['weight'] !== undefined) return { t, ...part, weight: weightOf(fields['weight']) };
  if (fields['failed'] !== undefined) return { ...failureOf(fields), t, ...part };
  const arm = armOf(fields);
  if (fields['metric'] !== undefined)
    return { t, ...part, arm, metric: textOf(fields, 'metric'), value: numberOf(fields, 'value') };
  return {
    t,
    ...part,
    arm,
    instance: textOf(fields, 'instance'),
    ...(fields['side'] === 'server' ? { side: 'server' as const } : {}),
    requests: numberOf(fields, 'requests'),
    errors: numberOf(fields, 'errors'),
    ...latencyOf(fields['latency']),
  };
}

function failureOf(fields: Fields) {
  if (fields['failed'] !== true) throw new WrongField('failed', '`failed` can only be true');
  const causes = ['unreachable', 'series', 'counters', 'clock'] as const;
  const cause = causes.find((one) => one === fields['cause']);
  return {
    failed: true as const,
    ...(fields['arm'] === undefined ? {} : { arm: armOf(fields) }),
    ...optionalText(fields, 'instance'),
    ...(fields['side'] === 'server' ? { side: 'server' as const } : {}),
    ...(cause && { cause }),
  };
}

function armOf({ arm }: Fields): Arm {
  if (arm === 'baseline' || arm === 'candidate') return arm;
  throw new WrongField('arm', '`arm` has to be "baseline" or "candidate"');
}

function weightOf(weight: Json): number {
  const percent =
    typeof weight === 'string' && /^[0-9.]+%$/.test(weight) ? Number(weight.slice(0, -1)) : weight;
  if (typeof percent === 'number' && percent >= 0 && percent <= 100) return percent;
  throw new WrongField('weight', '`weight` has to be the share of the candidate in per cent, from 0 to 100');
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WrongField(name, `\`${name}\` has to be a text that isn't empty`);
}

function optionalText<Name extends string>(fields: Fields, name: Name): Partial<Record<Name, string>> {
  return fields[name] === undefined ? {} : ({ [name]: textOf(fields, name) } as Record<Name, string>);
}

/** Returns a counter; null stands for a number that JSON can't write, such as NaN. */
function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  throw new WrongField(name, `\`${name}\` has to be a number`);
}

function latencyOf(value: Json | undefined) {
  if (value === undefined) return {};
  const { bounds, counts } = value as { readonly bounds?: Json; readonly counts?: Json };
  if (!isNumbers(bounds) || !isNumbers(counts) || counts.length !== bounds.length + 1)
    throw new WrongField('latency', '`latency` has to have `bounds` (ms) and `counts`, one more than bounds');
  const rising = bounds.every(
    (bound, index) => bound !== null && bound > (bounds[index - 1] ?? Number.NEGATIVE_INFINITY),
  );
  if (!rising) throw new WrongField('latency', 'the `bounds` of `latency` have to rise');
  return { latency: { bounds: bounds.map(Number), counts: counts.map((count) => count ?? Number.NaN) } };
}

function isNumbers(value: Json | undefined): value is readonly (number | null)[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number' || one === null);
}
