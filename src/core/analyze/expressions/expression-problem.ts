import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { quoted } from '../../lib/quoted.ts';
import { attributes } from './attributes.ts';
import { regexProblem } from './regex-cost.ts';

/** The reason to refuse an expression: the text isn't CEL, or proxies can't evaluate it. */
export interface ExpressionProblem {
  readonly kind: 'invalid' | 'unsupported';
  readonly reason: string;
}

/** The functions of CEL that proxies implement. */
const known = new Set([
  ...['size', 'startsWith', 'endsWith', 'contains', 'matches', 'has', 'type', 'dyn'],
  ...['int', 'uint', 'double', 'bytes', 'bool', 'timestamp', 'duration'],
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear'],
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'],
]);

/** The deepest nesting of an expression; the parser of proxies stops at 32 levels. */
const mostLevels = 24;

let shared: Environment | undefined;

/** Returns the type of a CEL expression over the attributes of proxies, or the reason why proxies refuse it. */
export function checkExpression(text: string): { readonly type: string } | ExpressionProblem {
  if (/[\n\r]/.test(text) || text.includes(')%'))
    return { kind: 'unsupported', reason: 'an expression is one line, and has no `)%` inside' };
  const environment = environmentOf();
  const checked = environment.check(text);
  if (!checked.valid) return { kind: 'invalid', reason: reasonOf(checked.error) };
  const { ast } = environment.parse(text);
  const reason = unsupported(ast, text, environment);
  if (reason !== undefined) return { kind: 'unsupported', reason };
  return { type: checked.type ?? 'dyn' };
}

function environmentOf(): Environment {
  if (shared !== undefined) return shared;
  const made = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 250 } });
  for (const [name, fields] of Object.entries(attributes)) {
    if (typeof fields !== 'string') made.registerType(`attribute.${name}`, { fields: { ...fields } });
    made.registerVariable(name, typeof fields === 'string' ? fields : `attribute.${name}`);
  }
  shared = made;
  return made;
}

/** Returns the parser's message with the position as a number instead of a drawing. */
function reasonOf(
  error: { readonly summary: string; readonly range?: { readonly start: number } } | undefined,
): string {
  if (error === undefined) return 'it cannot be read';
  const place = error.range === undefined ? '' : ` (at character ${String(error.range.start + 1)})`;
  return `${quoted(error.summary, 120)}${place}`;
}

function unsupported(ast: ASTNode, text: string, environment: Environment): string | undefined {
  if (levels(ast) + brackets(text) > mostLevels) return 'the expression is nested too deeply';
  return firstProblem(ast, text, environment);
}

function firstProblem(node: ASTNode, text: string, environment: Environment): string | undefined {
  if (node.op === 'call' || node.op === 'rcall') {
    const [name] = node.args;
    if (!known.has(name)) return `proxies have no \`${name}\``;
    const problem = name === 'matches' ? patternProblem(node) : undefined;
    if (problem !== undefined) return problem;
  }
  if (node.op === '+' && joins(node, text, environment))
    return 'proxies join no strings, bytes or lists with `+`';
  if (node.op === 'value' && beyondRange(text.slice(node.start, node.end)))
    return 'a whole number has 64 bits at most';
  if (node.op === '.?' || node.op === '[?]') return 'proxies have no optional fields';
  for (const child of children(node)) {
    const problem = firstProblem(child, text, environment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Returns the problem of a pattern that is a literal. A computed pattern is compiled at each request; a wrong one
 * matches nothing.
 */
function patternProblem(node: ASTNode): string | undefined {
  const last = children(node).at(-1);
  return last?.op === 'value' && typeof last.args === 'string' ? regexProblem(last.args) : undefined;
}

/** Returns true for a whole number beyond 64 bits; the parser accepts numbers of any size. */
function beyondRange(literal: string): boolean {
  const [, digits, unsigned] = /^((?:0x[0-9a-f]+|[0-9]+))(u?)$/i.exec(literal) ?? [];
  if (digits === undefined) return false;
  return BigInt(digits) > (unsigned === '' ? 2n ** 63n - 1n : 2n ** 64n - 1n);
}

function joins(node: ASTNode, text: string, environment: Environment): boolean {
  const type = environment.check(text.slice(node.start, node.end)).type ?? 'dyn';
  return /^(?:string|bytes|list)/.test(type);
}

/** Returns the depth of the tree; a chain of `&&` or of `||` counts as one level. */
function levels(node: ASTNode, outer?: string): number {
  const own = (node.op === '&&' || node.op === '||') && node.op === outer ? 0 : 1;
  return own + Math.max(0, ...children(node).map((child) => levels(child, node.op)));
}

/** Returns the deepest nesting of brackets outside of strings. */
function brackets(text: string): number {
  let open = 0;
  let most = 0;
  for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[([{]|[)\]}]/g)) {
    if (/^[([{]$/.test(token)) most = Math.max(most, ++open);
    else if (/^[)\]}]$/.test(token)) open--;
  }
  return most;
}

function children({ args }: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isNode(value)) found.push(value);
  };
  visit(args);
  return found;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
