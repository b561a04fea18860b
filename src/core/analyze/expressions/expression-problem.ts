import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { attributes } from './attributes.ts';
import { problemWords } from './problem-words.ts';
import { regexProblem } from './regex-cost.ts';
import { isBeyondRange, operandsOf } from './syntax-tree.ts';

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
  if (!checked.valid) return { kind: 'invalid', reason: problemWords(checked.error) };
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
  if (node.op === 'value' && isBeyondRange(text.slice(node.start, node.end)))
    return 'a whole number has 64 bits at most';
  if (node.op === '.?' || node.op === '[?]') return 'proxies have no optional fields';
  for (const child of operandsOf(node)) {
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
  const last = operandsOf(node).at(-1);
  return last?.op === 'value' && typeof last.args === 'string' ? regexProblem(last.args) : undefined;
}

function joins(node: ASTNode, text: string, environment: Environment): boolean {
  const type = environment.check(text.slice(node.start, node.end)).type ?? 'dyn';
  return /^(?:string|bytes|list)/.test(type);
}

/** Returns the depth of the tree; a chain of `&&` or of `||` counts as one level. */
function levels(node: ASTNode, outer?: string): number {
  const own = (node.op === '&&' || node.op === '||') && node.op === outer ? 0 : 1;
  return own + Math.max(0, ...operandsOf(node).map((child) => levels(child, node.op)));
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
