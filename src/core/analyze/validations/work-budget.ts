import type { ASTNode } from '@marcbachmann/cel-js';

/** Steps of one evaluation for one document: nodes, and items of the lists and maps that they read. */
const mostSteps = 100_000;

/** Steps of all evaluations of one mesh. */
const mostStepsInAll = 20_000_000;

/** Characters of a text that count as one step. */
const textStep = 64;

type Evaluate = (evaluator: unknown, node: ASTNode, context: unknown) => unknown;

/** A node as the library holds it: beside the declared fields the functions that check and evaluate the node. */
interface LiveNode {
  evaluate: Evaluate;
  readonly op: string;
  readonly args: unknown;
  readonly meta: {
    readonly evaluate: Evaluate;
    readonly alternate?: LiveNode;
    readonly macro?: { readonly args?: unknown };
  };
}

/** Counts the work of expressions, so that no expression over no document takes long. */
export class WorkBudget {
  private left = 0;
  private leftInAll = mostStepsInAll;

  /** Starts the count of one evaluation. */
  start(): void {
    this.left = Math.min(mostSteps, this.leftInAll);
  }

  /** Returns true if the evaluation since `start` was given up. */
  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** Makes each node of a checked expression count its work; loops end as soon as the budget is spent. */
  meter(ast: ASTNode): void {
    this.visit(ast, new Set());
  }

  private visit(value: unknown, seen: Set<unknown>): void {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, seen);
      return;
    }
    if (!isLiveNode(value)) return;
    const { alternate, macro } = value.meta;
    if (alternate !== undefined) {
      this.visit(alternate, seen);
      return;
    }
    if (macro !== undefined) {
      this.visit(macro.args, seen);
      return;
    }
    this.visit(value.args, seen);
    if (value.op === 'comprehension')
      for (const part of Object.values(value.args as object)) this.visit(part, seen);
    const inner = value.meta.evaluate;
    value.evaluate = (evaluator, node, context) => {
      if (this.spend(1)) return value.op === 'comprehension' ? false : inner(evaluator, node, context);
      const result = inner(evaluator, node, context);
      // The list that a macro builds grows by one item at each step, and a condition makes no list.
      if (value.op.startsWith('accu') || value.op === '?:') return result;
      // An empty list ends loops over the result; the value of the expression no longer counts then.
      return this.spend(sizeOf(result)) && isCollection(result) ? [] : result;
    };
  }

  /** Counts steps; returns true if the budget is spent. */
  private spend(steps: number): boolean {
    this.left -= steps;
    this.leftInAll -= steps;
    return this.left <= 0;
  }
}

function isLiveNode(value: object): value is LiveNode {
  return 'op' in value && 'meta' in value;
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) || value instanceof Map;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Math.floor(value.length / textStep);
  if (value instanceof Map) return value.size;
  if (!Array.isArray(value)) return 0;
  return value.reduce<number>((sum, item) => sum + 1 + (isCollection(item) ? sizeOf(item) : 0), 0);
}
