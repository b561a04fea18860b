import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Call, Service } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import { own } from '../../lib/own.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2211: {
    severity: 'warning',
    text: 'a failure of {last} is tried up to {tries} times: {path}',
    explanation:
      'Retries of several layers multiply: three tries in each of three layers are 27 requests for one, just when the last service is in trouble. Retry in one layer, best in the one before the failure, and give the others `retries: {attempts: 0}` or a `retryBudget`.',
  },
  MESH2213: {
    severity: 'warning',
    text: 'these calls lead in a circle, and each is retried: {path}',
    explanation:
      'A request that goes around a circle of calls is multiplied by the retries of each service on it, without an end. Take the retries out of one call, or break the circle.',
  },
});

/** The longest chain of calls that is followed. */
const longest = 500;

/** The least number of tries that is reported: three layers of three. */
const many = 27;

/** Reports retries that multiply along declared calls. */
export const retryLayers: Analyzer = {
  name: 'retry-layers',
  description: 'Reports chains and circles of declared calls whose retries multiply.',
  messages,
  analyze({ ir }, report) {
    const layers = new Layers(ir);
    for (const id of Object.keys(ir.services)) layers.visit(id);
    for (const { call, path } of layers.circles)
      report(finding(messages, 'MESH2213', pointAt(call.origin), { path: path.join(' → ') }));
    const byLast = new Map<string, Chain & { readonly call: Call }>();
    for (const chain of layers.chains()) {
      const last = nameOf(chain.path.at(-1));
      if (chain.tries > (byLast.get(last)?.tries ?? 0)) byLast.set(last, chain);
    }
    for (const [last, { call, tries, path }] of byLast)
      report(finding(messages, 'MESH2211', pointAt(call.origin), { last, tries, path: path.join(' → ') }));
  },
};

/** Returns the service of a step of a chain, which is written with its tries. */
function nameOf(step = ''): string {
  return step.replace(/ \(.*/, '');
}

/** The most tries of one request below a service, with the way to the last service. */
interface Chain {
  readonly tries: number;
  readonly path: readonly string[];
}

class Layers {
  readonly circles: { readonly call: Call; readonly path: readonly string[] }[] = [];
  private readonly known = new Map<ServiceId, Chain>();
  private readonly open: ServiceId[] = [];
  private readonly called = new Set<ServiceId>();
  private readonly ir: Ir;

  constructor(ir: Ir) {
    this.ir = ir;
  }

  /** Returns the longest chain below a service; calls back to services on the way count as none. */
  visit(id: ServiceId): Chain {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    if (this.open.length === longest) return { tries: 1, path: [] };
    this.open.push(id);
    let best: Chain = { tries: 1, path: [] };
    for (const call of own(this.ir.services, id)?.calls ?? []) {
      const chain = this.below(id, call);
      if (chain !== undefined && chain.tries > best.tries) best = chain;
    }
    this.open.pop();
    this.known.set(id, best);
    return best;
  }

  /** Yields the chains that begin at services that no retried call leads to. */
  *chains(): Generator<Chain & { readonly call: Call }> {
    for (const { id, calls = [] } of Object.values(this.ir.services)) {
      if (this.called.has(id)) continue;
      for (const call of calls) {
        const chain = this.below(id, call);
        if (chain !== undefined && chain.tries >= many) yield { ...chain, path: [id, ...chain.path], call };
      }
    }
  }

  private below(id: ServiceId, call: Call): Chain | undefined {
    const callee = own(this.ir.services, call.service);
    if (callee === undefined || call.service === id) return undefined;
    const tries = triesOf(callee);
    if (tries > 1) this.called.add(call.service);
    const at = this.open.indexOf(call.service);
    if (at >= 0) {
      const circle = [...this.open.slice(at), call.service];
      const services = circle.flatMap((one) => own(this.ir.services, one) ?? []);
      if (services.every((one) => triesOf(one) > 1)) this.circles.push({ call, path: circle });
      return undefined;
    }
    const rest = this.visit(call.service);
    return { tries: tries * rest.tries, path: [`${call.service} (${String(tries)})`, ...rest.path] };
  }
}

/** Returns the most tries of a request to a service: those of its rules, if it has a Route. */
function triesOf({ settings, ports }: Service): number {
  const rules = ports.flatMap(({ route }) => (route.implicit ? [] : route.rules));
  const attempts = rules.flatMap(({ action }) =>
    action.type === 'forward' ? [action.retries?.attempts ?? 0] : [],
  );
  return 1 + Math.max(0, ...(rules.length > 0 ? attempts : [settings.retries?.attempts ?? 0]));
}
