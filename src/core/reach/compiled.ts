import { canonicalJson } from '../lib/canonical-json.ts';
import type { Budget } from './budget.ts';
import type { Condition, Test } from './condition.ts';
import { Diagram, type Node } from './diagram.ts';
import type { Label, Meaning } from './meaning.ts';
import { Unproved } from './unproved.ts';
import { ValueMemory } from './value-memory.ts';
import type { Variable } from './values.ts';
import { variablesOf } from './variables.ts';

/** Meanings as diagrams over common variables; equal meanings have the same node. */
export interface Compiled {
  readonly diagram: Diagram;
  readonly variables: readonly Variable[];
  readonly nodes: readonly Node[];
  /** The labels by number. */
  readonly labels: readonly Label[];
}

/**
 * Compiles meanings together; `memory` is that of the destinations before. Throws Unproved if the work is beyond the
 * budget.
 */
export function compileMeanings(
  meanings: readonly Meaning[],
  budget: Budget,
  memory = new ValueMemory(),
): Compiled {
  const tests = new Map<string, Test>();
  const keys = new Map<Test, string>();
  const seen = new Set<object>();
  for (const meaning of meanings)
    collect(meaning, seen, (test) => {
      const key = JSON.stringify(test);
      keys.set(test, key);
      if (!tests.has(key)) tests.set(key, test);
    });
  const variables = variablesOf([...tests.values()], budget, memory);
  refuseNestedClaims(variables);
  const compiler = new Compiler(variables, keys, budget);
  const nodes = meanings.map((meaning) => compiler.meaning(meaning));
  return { diagram: compiler.diagram, variables, nodes, labels: compiler.labels };
}

/** A claim that is a text and a map at once doesn't exist, so both can't vary on their own. */
function refuseNestedClaims(variables: readonly Variable[]): void {
  const paths = variables.flatMap(({ tests: [test] }) =>
    test?.of === 'claim' ? [test.path.join('\0')] : [],
  );
  if (paths.some((path) => paths.some((other) => other.startsWith(`${path}\0`))))
    throw new Unproved('rules read a claim as a text and as a map');
}

function collect(part: Meaning | Condition, seen: Set<object>, found: (test: Test) => void): void {
  if (typeof part === 'boolean' || seen.has(part)) return;
  seen.add(part);
  if ('label' in part) return;
  if ('of' in part) found(part);
  else if ('not' in part) collect(part.not, seen, found);
  else if ('all' in part) for (const one of part.all) collect(one, seen, found);
  else if ('any' in part) for (const one of part.any) collect(one, seen, found);
  else if ('parts' in part) for (const one of part.parts) collect(one, seen, found);
  else {
    collect(part.when, seen, found);
    collect(part.then, seen, found);
    collect(part.otherwise, seen, found);
  }
}

const yes = 1;
const no = 0;

/** The variables that answer a test, and its position in each; several are members of one header, cookie or claim. */
interface Place {
  readonly variables: number[];
  readonly test: number;
}

class Compiler {
  readonly diagram: Diagram;
  readonly labels: Label[] = [{ answer: false }, { answer: true }];
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<object, Node>();
  private readonly places = new Map<string, Place>();
  private readonly variables: readonly Variable[];
  private readonly keys: ReadonlyMap<Test, string>;

  constructor(variables: readonly Variable[], keys: ReadonlyMap<Test, string>, budget: Budget) {
    this.variables = variables;
    this.keys = keys;
    this.diagram = new Diagram(budget);
    variables.forEach(({ tests }, variable) => {
      tests.forEach((test, index) => {
        const key = JSON.stringify(test);
        const known = this.places.get(key);
        if (known === undefined) this.places.set(key, { variables: [variable], test: index });
        else known.variables.push(variable);
      });
    });
  }

  meaning(meaning: Meaning): Node {
    const known = this.known.get(meaning);
    if (known !== undefined) return known;
    const node = this.built(meaning);
    this.known.set(meaning, node);
    return node;
  }

  private built(meaning: Meaning): Node {
    if ('label' in meaning) return this.leaf(meaning.label);
    if ('when' in meaning)
      return this.diagram.select(
        this.condition(meaning.when),
        this.meaning(meaning.then),
        this.meaning(meaning.otherwise),
      );
    const [first, ...rest] = meaning.parts.map((part) => this.meaning(part));
    if (first === undefined) return this.leaf(meaning.join([]));
    const collected = rest.reduce(
      (sum, part) => this.diagram.merge(sum, part, (list, label) => this.list([...this.listed(list), label])),
      this.mapped(first, (label) => this.list([label])),
    );
    return this.mapped(collected, (list) =>
      this.number(meaning.join(this.listed(list).map((label) => this.labels[label] ?? {}))),
    );
  }

  private mapped(node: Node, change: (label: number) => number): Node {
    return this.diagram.merge(node, this.diagram.leaf(no), change);
  }

  private list(labels: readonly number[]): number {
    return this.number({ list: labels });
  }

  private listed(number: number): readonly number[] {
    return (this.labels[number] as { readonly list: readonly number[] }).list;
  }

  private leaf(label: Label): Node {
    return this.diagram.leaf(this.number(label));
  }

  private number(label: Label): number {
    const key = canonicalJson(label);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.labels.push(label);
    this.numbers.set(key, this.labels.length - 1);
    return this.labels.length - 1;
  }

  private condition(condition: Condition): Node {
    if (typeof condition === 'boolean') return this.diagram.leaf(condition ? yes : no);
    const known = this.known.get(condition);
    if (known !== undefined) return known;
    const node = this.decided(condition);
    this.known.set(condition, node);
    return node;
  }

  private decided(condition: Exclude<Condition, boolean>): Node {
    const { diagram } = this;
    const [truth, falsehood] = [diagram.leaf(yes), diagram.leaf(no)];
    if ('not' in condition) return diagram.select(this.condition(condition.not), falsehood, truth);
    if ('all' in condition)
      return condition.all.reduce<Node>(
        (sum, part) => diagram.select(sum, this.condition(part), falsehood),
        truth,
      );
    if ('any' in condition)
      return condition.any.reduce<Node>(
        (sum, part) => diagram.select(sum, truth, this.condition(part)),
        falsehood,
      );
    const place = this.places.get(this.keys.get(condition) ?? '');
    if (place === undefined) throw new RangeError('a test without a variable');
    return this.asked(place, condition);
  }

  /** Returns the diagram of a test. It holds for members if one has it; that a text is absent holds if none is there. */
  private asked({ variables, test: index }: Place, test: Test): Node {
    const isAbsent =
      variables.length > 1 && 'match' in test && test.match.type === 'present' && !test.match.value;
    const [found, none] = isAbsent ? [no, yes] : [yes, no];
    return variables.reduceRight((rest, variable) => {
      const values = this.variables[variable]?.values ?? [];
      return this.diagram.choose(
        variable,
        values.map(({ answers }) => (answers[index] === true ? this.diagram.leaf(found) : rest)),
      );
    }, this.diagram.leaf(none));
  }
}
