import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { didYouMean } from '../../lib/did-you-mean.ts';
import { programSize } from '../../lib/program-size.ts';
import { problemWords } from '../expressions/problem-words.ts';
import { isBeyondRange, nodesBelow, operandsOf } from '../expressions/syntax-tree.ts';
import type { WorkBudget } from './work-budget.ts';

/** The standard functions and macros of CEL that validations have. */
const known = [
  ...[
    'all',
    'bool',
    'bytes',
    'contains',
    'double',
    'duration',
    'dyn',
    'endsWith',
    'exists',
    'exists_one',
    'filter',
  ],
  ...['getHours', 'getMinutes', 'getSeconds', 'has', 'int', 'map', 'matches', 'size', 'startsWith', 'string'],
  ...['type', 'uint'],
];

/** The name of `matches` with the patterns of RE2, as the language page promises. */
const patternMatch = 'matchesRe2';

/** An expression that can be evaluated, with the type of its value. */
export interface Program {
  readonly type: string;
  /** Fields below `self` that the expression reads, in the order of the text. */
  readonly paths: readonly (readonly string[])[];
  readonly evaluate: (values: Readonly<Record<string, unknown>>) => Evaluated;
}

/** The value of an expression, the reason why it has none, or the end of the work that is allowed. */
export type Evaluated =
  | { readonly value: unknown }
  | { readonly failure: string }
  | { readonly exceeded: true };

/** The most instructions of a compiled pattern. */
const largestPattern = 1000;

/** Adds `matches` with the patterns of RE2; the library's own takes the patterns of JavaScript. */
export function addFunctions(environment: Environment): void {
  const patterns = new Map<string, RE2JS>();
  const matches = (text: string, pattern: string): boolean => {
    const compiled = patterns.get(pattern) ?? patternOf(pattern);
    if (patterns.size < 1000) patterns.set(pattern, compiled);
    return compiled.matcher(text).find();
  };
  environment.registerFunction(`string.${patternMatch}(string): bool`, { handler: matches, async: false });
  environment.registerFunction(`${patternMatch}(string, string): bool`, { handler: matches, async: false });
}

function patternOf(pattern: string): RE2JS {
  if (programSize(pattern) > largestPattern) throw new Error('the pattern of `matches` is too large');
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw new Error('the pattern of `matches` is not a regular expression of RE2');
  }
}

/** The names and types of an expression, and the names of all fields for suggestions. */
export interface ExpressionScope {
  readonly cel: Environment;
  readonly fieldNames: ReadonlySet<string>;
}

/** Returns the program of an expression, or the reason why the expression has none. */
export function programOf(
  text: string,
  { cel, fieldNames }: ExpressionScope,
  budget: WorkBudget,
): Program | { readonly problem: string } {
  let parsed: ParseResult;
  try {
    parsed = cel.parse(text);
  } catch (error) {
    return { problem: problemWords(error as Parameters<typeof problemWords>[0]) };
  }
  const problem = firstProblem(parsed.ast, text);
  if (problem !== undefined) return { problem };
  for (const node of nodesBelow(parsed.ast)) prepare(node);
  const checked = parsed.check();
  if (!checked.valid) return { problem: typeProblem(checked.error, fieldNames) };
  budget.meter(parsed.ast);
  return {
    type: checked.type ?? 'dyn',
    paths: pathsBelowSelf(parsed.ast),
    evaluate: (values) => evaluate(parsed, values, budget),
  };
}

function typeProblem(error: FailedEvaluation | undefined, fieldNames: ReadonlySet<string>): string {
  const field = missingField(error);
  if (field !== undefined && fieldNames.has(field))
    return `no field \`${field}\` is there: it belongs to another part of a document`;
  if (field !== undefined) return `no field \`${field}\` is there${didYouMean(field, [...fieldNames])}`;
  return problemWords(error).replaceAll(patternMatch, 'matches');
}

/** Returns the name of a field that a value doesn't have; undefined for other errors. */
function missingField(error: FailedEvaluation | undefined): string | undefined {
  return error?.code === 'no_such_key' ? /^No such key: (\w+)$/.exec(error.summary ?? '')?.[1] : undefined;
}

function evaluate(
  parsed: ParseResult,
  values: Readonly<Record<string, unknown>>,
  budget: WorkBudget,
): Evaluated {
  budget.start();
  try {
    const value: unknown = parsed(values);
    return budget.isSpent ? { exceeded: true } : { value };
  } catch (error) {
    if (budget.isSpent) return { exceeded: true };
    return { failure: failureWords(error as FailedEvaluation) };
  }
}

interface FailedEvaluation {
  readonly code?: string;
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number } | undefined;
}

function failureWords(error: FailedEvaluation): string {
  const field = missingField(error);
  if (field !== undefined) return `\`${field}\` isn't set there: ask \`has(….${field})\` first`;
  return (error.summary ?? error.message).replaceAll(patternMatch, 'matches');
}

function firstProblem(ast: ASTNode, text: string): string | undefined {
  for (const node of nodesBelow(ast)) {
    if (node.op === 'call' || node.op === 'rcall') {
      const [name] = node.args;
      if (!known.includes(name)) return `validations have no \`${name}\`${didYouMean(name, known)}`;
    }
    if (node.op === 'value' && isBeyondRange(text.slice(node.start, node.end)))
      return 'a whole number has 64 bits at most';
    if (node.op === 'map' && node.args.some(([key]) => key.op !== 'value' || typeof key.args !== 'string'))
      return 'the keys of a map in an expression are texts';
  }
  return undefined;
}

/** The parts of a node that the library doesn't declare. */
interface Preparable {
  readonly args: [string, ...unknown[]];
  readonly meta: {
    readonly macro?: {
      readonly args?: readonly unknown[];
      typeCheck: (checker: Checker, macro: unknown, context: unknown) => unknown;
    };
  };
}

interface Checker {
  readonly check: (node: unknown, context: unknown) => unknown;
}

/** Takes the patterns of RE2 for `matches`, and makes `has` check the name of its field as a selection does. */
function prepare(node: ASTNode): void {
  if (node.op !== 'call' && node.op !== 'rcall') return;
  const { args, meta } = node as unknown as Preparable;
  if (args[0] === 'matches') args[0] = patternMatch;
  const { macro } = meta;
  if (args[0] !== 'has' || macro === undefined) return;
  const check = macro.typeCheck;
  macro.typeCheck = (checker, own, context) => {
    const type = check(checker, own, context);
    checker.check(macro.args?.[0], context);
    return type;
  };
}

function pathsBelowSelf(node: ASTNode): readonly (readonly string[])[] {
  const path = pathOf(node);
  if (path === undefined) return operandsOf(node).flatMap(pathsBelowSelf);
  return path.length > 0 ? [path] : [];
}

/** Returns the names of `self.a.b`; undefined for other nodes. */
function pathOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return node.args === 'self' ? [] : undefined;
  if (node.op !== '.') return undefined;
  const outer = pathOf(node.args[0]);
  return outer === undefined ? undefined : [...outer, node.args[1]];
}
