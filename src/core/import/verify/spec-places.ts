import type { Access, AccessRule } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import { mapRoutes } from '../../ir/map-routes.ts';
import type { Route } from '../../ir/route.ts';
import { own } from '../../lib/own.ts';
import type { Origin } from '../../location.ts';
import type { Spec, SpecObject } from '../../spec/spec.ts';

/** Lines of a file, from the first up to the one before `end`. */
interface Extent {
  readonly first: number;
  readonly end: number;
}

/** The lines of a spec by what they belong to: to a rule, to the end of a Route, or to a listener. */
export class SpecPlaces {
  readonly #rules = new Map<string, readonly Extent[]>();
  readonly #found = new Map<string, Extent | undefined>();
  /** The last rules of Routes, by the line of the Route. */
  readonly #last = new Map<string, Origin>();
  /** The first lines of documents, by file and in order. */
  readonly #documents = new Map<string, readonly number[]>();
  readonly #rulesTo: readonly { readonly rule: Origin; readonly external: Origin }[];
  readonly ir: Ir;

  constructor(ir: Ir, spec: Spec) {
    this.ir = ir;
    this.#rulesTo = rulesToExternals(ir);
    const starts = new Map<string, Set<number>>();
    const ends = new Map<string, Set<number>>();
    for (const { file, line } of originsOf(ir, this.#last)) added(starts, file, line);
    for (const { location } of documentsOf(spec)) added(ends, location.file, location.range.start.line);
    for (const [file, lines] of ends)
      this.#documents.set(
        file,
        [...lines].sort((a, b) => a - b),
      );
    for (const [file, lines] of starts) {
      const borders = [...new Set([...lines, ...(ends.get(file) ?? [])])].sort((a, b) => a - b);
      const extents = borders.flatMap((first, i) =>
        lines.has(first) ? [{ first, end: borders[i + 1] ?? Number.POSITIVE_INFINITY }] : [],
      );
      this.#rules.set(file, extents);
    }
  }

  /** Returns true if a place lies in the rule at a line. */
  isInRuleAt(line: Pick<Origin, 'file' | 'line'>, place: Pick<Origin, 'file' | 'line'>): boolean {
    const rule = this.#ruleAt(line);
    return rule !== undefined && rule === this.#ruleAt(place);
  }

  /** Returns true if a place lies in the document at a line. */
  isInDocumentAt(line: Pick<Origin, 'file' | 'line'>, place: Pick<Origin, 'file' | 'line'>): boolean {
    const own = this.#documentAt(line);
    return own !== undefined && line.file === place.file && own === this.#documentAt(place);
  }

  /** Returns true if a place lies in a rule of the Access of a service or gateway. */
  isOfAccess(id: string, place: Pick<Origin, 'file' | 'line'>): boolean {
    const access = (this.ir.services[id] ?? this.ir.gateways[id])?.access;
    return access !== undefined && rulesOf(access).some(({ origin }) => this.isInRuleAt(origin, place));
  }

  /** Returns true if a line lies in a Route to the External at a place. */
  isOfExternal(line: Pick<Origin, 'file' | 'line'>, place: Pick<Origin, 'file' | 'line'>): boolean {
    return Object.values(this.ir.externals).some(
      ({ origin, ports }) =>
        origin.file === place.file &&
        origin.line === place.line &&
        ports.some(({ route }) => this.isInDocumentAt(line, route.origin)),
    );
  }

  /** Returns true if the rule at a line sends requests to the External at a place. */
  isToExternal(line: Pick<Origin, 'file' | 'line'>, place: Pick<Origin, 'file' | 'line'>): boolean {
    return this.#rulesTo.some(
      ({ rule, external }) => keyOf(rule) === keyOf(line) && keyOf(external) === keyOf(place),
    );
  }

  /** Returns the first line of the document at a place. */
  #documentAt({ file, line }: Pick<Origin, 'file' | 'line'>): number | undefined {
    return this.#documents.get(file)?.findLast((first) => first <= line);
  }

  /** Returns the lines of the rule at a place, looked up once for each place; undefined outside of rules. */
  #ruleAt(place: Pick<Origin, 'file' | 'line'>): Extent | undefined {
    const key = keyOf(place);
    if (!this.#found.has(key)) {
      const rules = this.#rules.get(place.file) ?? [];
      this.#found.set(
        key,
        rules.find(({ first, end }) => first <= place.line && place.line < end),
      );
    }
    return this.#found.get(key);
  }

  /** Returns true if a place is the last rule of the Route at a line. */
  isLastOfRouteAt(route: Pick<Origin, 'file' | 'line'>, place: Pick<Origin, 'file' | 'line'>): boolean {
    const last = this.#last.get(keyOf(route));
    return last?.file === place.file && last.line === place.line;
  }

  /** Returns true if a place is a listener of a gateway, at a port by its number. */
  isListenerAt(
    gateway: string,
    port: number | string | undefined,
    place: Pick<Origin, 'file' | 'line'>,
  ): boolean {
    return (this.ir.gateways[gateway]?.listeners ?? []).some(
      (one) => one.port === port && one.origin.file === place.file && one.origin.line === place.line,
    );
  }
}

function originsOf(ir: Ir, last: Map<string, Origin>): readonly Origin[] {
  const found: Origin[] = [];
  mapRoutes(ir, (route: Route) => {
    found.push(...route.rules.map(({ origin }) => origin));
    const end = route.rules.at(-1);
    if (end !== undefined) last.set(keyOf(route.origin), end.origin);
    return route;
  });
  const accesses = [...Object.values(ir.services), ...Object.values(ir.gateways)].map(({ access }) => access);
  found.push(...accesses.flatMap(rulesOf).map(({ origin }) => origin));
  return found;
}

function rulesToExternals(ir: Ir): readonly { readonly rule: Origin; readonly external: Origin }[] {
  const found: { rule: Origin; external: Origin }[] = [];
  mapRoutes(ir, (route: Route) => {
    for (const { origin, action } of route.rules)
      for (const { service } of action.type === 'forward' ? action.backends : []) {
        const external = own(ir.externals, service);
        if (external !== undefined) found.push({ rule: origin, external: external.origin });
      }
    return route;
  });
  return found;
}

function rulesOf({ allow, deny }: Access): readonly AccessRule[] {
  return [...allow, ...deny];
}

function documentsOf(spec: Spec): readonly SpecObject<unknown>[] {
  const { mesh, services, routes, accesses, authentications, gateways, externals } = spec;
  const others = [spec.rollouts, spec.profiles, spec.guardrails].flat();
  return [mesh, services, routes, accesses, authentications, gateways, externals, others].flat();
}

function added(lines: Map<string, Set<number>>, file: string, line: number): void {
  const known = lines.get(file);
  if (known === undefined) lines.set(file, new Set([line]));
  else known.add(line);
}

function keyOf({ file, line }: Pick<Origin, 'file' | 'line'>): string {
  return `${file}:${String(line)}`;
}
