import { type Described, describe } from './describe.ts';
import { describeMembers } from './describe-members.ts';
import type { Diagram, Node } from './diagram.ts';
import type { Part, Variable } from './values.ts';

/** Requests that agree in each variable independently, with their common label. */
export interface DiagramBox {
  readonly label: number;
  /** Conditions by the name of the variable; a variable without condition is left out. */
  readonly conditions: ReadonlyMap<string, Described>;
  /** The parts of the first request of the box. */
  readonly parts: readonly Part[];
}

/** Yields the boxes of a diagram whose label isn't `skipped`; together they are disjoint. */
export function* boxesOf(
  diagram: Diagram,
  variables: readonly Variable[],
  root: Node,
  skipped: number,
): Generator<DiagramBox> {
  yield* below(root, []);

  function* below(node: Node, chosen: readonly Chosen[]): Generator<DiagramBox> {
    const label = diagram.label(node);
    if (label !== undefined) {
      diagram.spend(chosen.length);
      if (label !== skipped) yield box(label, chosen, variables);
      return;
    }
    const { variable, children } = diagram.at(node);
    const asked = variables[variable];
    if (asked === undefined) return;
    const groups = new Map<Node, number[]>();
    children.forEach((child, value) => {
      const group = groups.get(child);
      if (group === undefined) groups.set(child, [value]);
      else group.push(value);
    });
    for (const [child, values] of groups) yield* below(child, [...chosen, { asked, values }]);
  }
}

interface Chosen {
  readonly asked: Variable;
  readonly values: readonly number[];
}

function box(label: number, chosen: readonly Chosen[], variables: readonly Variable[]): DiagramBox {
  const conditions = new Map<string, Described>();
  for (const one of chosen) {
    const { asked } = one;
    if (conditions.has(asked.name)) continue;
    const words =
      asked.isMember === true ? membersOf(asked, chosen, variables) : describe(asked, new Set(one.values));
    if (words !== undefined) conditions.set(asked.name, words);
  }
  const parts = chosen.flatMap(({ asked, values: [first = 0] }) => asked.values[first]?.part ?? []);
  return { label, conditions, parts };
}

/** Returns all texts of the same header, cookie or claim in words. */
function membersOf({ name }: Variable, chosen: readonly Chosen[], variables: readonly Variable[]): Described {
  const own = chosen.filter(({ asked }) => asked.name === name);
  const asked = (isThere: boolean): readonly Variable[] =>
    own.filter(({ values }) => values.includes(1) === isThere).map((one) => one.asked);
  const all = variables.filter((one) => one.name === name);
  return describeMembers({ all, there: asked(true), gone: asked(false) });
}
