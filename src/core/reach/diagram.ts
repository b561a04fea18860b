import type { Budget } from './budget.ts';

/** A node of a diagram: inner nodes are 0 and above, leaves are below zero. */
export type Node = number;

interface Inner {
  readonly variable: number;
  readonly children: readonly Node[];
}

/**
 * Canonical multi-valued decision diagrams with interned leaves: two functions over the same variables are equal
 * exactly if their nodes are the same number.
 */
export class Diagram {
  private readonly inner: Inner[] = [];
  private readonly byHash = new Map<number, Node[]>();
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** Counts steps of who reads the diagram. Throws Unproved if there were too many. */
  spend(count: number): void {
    this.budget.spend(count, 'the rules together');
  }

  leaf(label: number): Node {
    return -1 - label;
  }

  /** Returns the label of a leaf, or undefined for an inner node. */
  label(node: Node): number | undefined {
    return node < 0 ? -1 - node : undefined;
  }

  /** Returns variable and children of an inner node. */
  at(node: Node): Inner {
    const found = this.inner[node];
    if (found === undefined) throw new RangeError(`no node ${String(node)}`);
    return found;
  }

  /** Returns the function that continues with the child of the value that the variable has. */
  choose(variable: number, children: readonly Node[]): Node {
    const [first] = children;
    if (first !== undefined && children.every((child) => child === first)) return first;
    const hash = hashOf(variable, children);
    const alike = this.byHash.get(hash);
    const known = alike?.find((node) => this.isNode(node, variable, children));
    if (known !== undefined) return known;
    this.budget.spend(children.length, 'the rules together');
    const node = this.inner.push({ variable, children }) - 1;
    if (alike === undefined) this.byHash.set(hash, [node]);
    else alike.push(node);
    return node;
  }

  /** Returns the function whose label is `join` of the labels of both functions; each pair is joined once. */
  merge(one: Node, other: Node, join: (one: number, other: number) => number): Node {
    const memo = new Map<number, Node>();
    const merged = (a: Node, b: Node): Node => {
      const key = pairKey(a, b);
      const known = memo.get(key);
      if (known !== undefined) return known;
      const result = a < 0 && b < 0 ? this.leaf(join(-1 - a, -1 - b)) : this.split(a, b, leaf, merged);
      memo.set(key, result);
      return result;
    };
    return merged(one, other);
  }

  /** Returns `then` where the condition's label is 1, otherwise `otherwise`. */
  select(condition: Node, then: Node, otherwise: Node): Node {
    const memo = new Map<number, Map<Node, Node>>();
    const selected = (c: Node, a: Node, b: Node): Node => {
      if (c < 0) return -1 - c === 1 ? a : b;
      if (a === b) return a;
      const key = pairKey(c, a);
      const row = memo.get(key) ?? new Map<Node, Node>();
      const known = row.get(b);
      if (known !== undefined) return known;
      const result = this.split(c, a, b, selected);
      memo.set(key, row.set(b, result));
      return result;
    };
    return selected(condition, then, otherwise);
  }

  /** Returns the function that asks the first variable of three nodes, and joins their children for each value. */
  private split(one: Node, two: Node, three: Node, join: (one: Node, two: Node, three: Node) => Node): Node {
    const variable = Math.min(this.variableOf(one), this.variableOf(two), this.variableOf(three));
    const first = this.childrenAt(one, variable);
    const second = this.childrenAt(two, variable);
    const third = this.childrenAt(three, variable);
    const size = (first ?? second ?? third ?? []).length;
    this.budget.spend(size, 'the rules together');
    const children: Node[] = [];
    for (let value = 0; value < size; value += 1)
      children.push(join(first?.[value] ?? one, second?.[value] ?? two, third?.[value] ?? three));
    return this.choose(variable, children);
  }

  /** Returns the variable that a node asks; for leaves one behind all variables. */
  private variableOf(node: Node): number {
    return this.inner[node]?.variable ?? Infinity;
  }

  private childrenAt(node: Node, variable: number): readonly Node[] | undefined {
    const inner = this.inner[node];
    return inner?.variable === variable ? inner.children : undefined;
  }

  private isNode(node: Node, variable: number, children: readonly Node[]): boolean {
    const known = this.inner[node];
    return (
      known?.variable === variable &&
      known.children.length === children.length &&
      known.children.every((child, index) => child === children[index])
    );
  }
}

/** Any leaf: a function that asks for nothing. */
const leaf: Node = -1;

/** Nodes and labels stay below: the budget ends earlier. */
const most = 2 ** 25;

function pairKey(one: Node, other: Node): number {
  return (one + most) * (2 * most) + other + most;
}

function hashOf(variable: number, children: readonly Node[]): number {
  let hash = Math.imul(0x811c9dc5 ^ variable, 0x01000193);
  for (const child of children) hash = Math.imul(hash ^ child, 0x01000193);
  return hash;
}
