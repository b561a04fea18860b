import type { Ir } from '../../ir/ir.ts';
import { decide } from '../../semantics/decide.ts';
import { type DescribedOutcome, describeOutcome, outcomeFormatVersion } from './describe-outcome.ts';
import { parseRequest } from './parse-request.ts';

/** The answer to one line of `--batch`: the outcome or the problem, with the `id` of the request. */
export type LineAnswer = { readonly id?: unknown } & (
  | DescribedOutcome
  | { readonly formatVersion: string; readonly problem: string }
);

/** Answers one line of newline-delimited JSON. */
export function answerLine(line: string, ir: Ir): LineAnswer {
  const data = json(line);
  if (data === undefined) return failed({}, 'the line is no JSON');
  const id = identified(data);
  const parsed = parseRequest(data, ir);
  if ('problem' in parsed) return failed(id, parsed.problem);
  return { ...id, ...describeOutcome(decide(ir, parsed.request)) };
}

function failed(id: { readonly id?: unknown }, problem: string): LineAnswer {
  return { ...id, formatVersion: outcomeFormatVersion, problem };
}

function identified(data: unknown): { readonly id?: unknown } {
  const has = typeof data === 'object' && data !== null && Object.hasOwn(data, 'id');
  return has ? { id: (data as { readonly id: unknown }).id } : {};
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
