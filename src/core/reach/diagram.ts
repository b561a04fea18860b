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
  private readonly known = new Map<string, Node>();
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
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
    const key = `${String(variable)}:${children.join(',')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.budget.spend(children.length, 'the rules together');
    this.inner.push({ variable, children });
    this.known.set(key, this.inner.length - 1);
    return this.inner.length - 1;
  }

  /** Returns the function whose label is `join` of the labels of both functions. */
  merge(one: Node, other: Node, join: (one: number, other: number) => number): Node {
    const memo = new Map<string, Node>();
    const merged = (a: Node, b: Node): Node => {
      if (a < 0 && b < 0) return this.leaf(join(-1 - a, -1 - b));
      const key = `${String(a)},${String(b)}`;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const result = this.split([a, b], ([left = a, right = b]) => merged(left, right));
      memo.set(key, result);
      return result;
    };
    return merged(one, other);
  }

  /** Returns `then` where the condition's label is 1, otherwise `otherwise`. */
  select(condition: Node, then: Node, otherwise: Node): Node {
    const memo = new Map<string, Node>();
    const selected = (c: Node, a: Node, b: Node): Node => {
      if (c < 0) return -1 - c === 1 ? a : b;
      if (a === b) return a;
      const key = `${String(c)},${String(a)},${String(b)}`;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const result = this.split([c, a, b], ([part = c, left = a, right = b]) => selected(part, left, right));
      memo.set(key, result);
      return result;
    };
    return selected(condition, then, otherwise);
  }

  /** Returns the function that asks the first variable of these nodes, and joins their children for each value. */
  private split(nodes: readonly Node[], join: (children: readonly Node[]) => Node): Node {
    const parts = nodes.map((node) => (node < 0 ? undefined : this.at(node)));
    const variable = Math.min(...parts.map((part) => part?.variable ?? Infinity));
    const asking = parts.map((part) => (part?.variable === variable ? part.children : undefined));
    const size = asking.find((list) => list !== undefined)?.length ?? 0;
    this.budget.spend(size, 'the rules together');
    const children = Array.from({ length: size }, (_, value) =>
      join(nodes.map((node, index) => asking[index]?.[value] ?? node)),
    );
    return this.choose(variable, children);
  }
}
