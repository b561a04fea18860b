import type { Field } from '../../../import/field.ts';
import { hasLabels } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, Fault, RouteRule } from '../../../spec/types.gen.ts';
import { readDuration, readRetries } from '../../istio-objects/read/http-settings.ts';

/** Reads a destination of a policy as a backend. */
export type ReadTarget = (destination: Field, namespace: string) => Backend | undefined;

type Settings = Pick<RouteRule, 'timeout' | 'retries' | 'fault' | 'mirror'>;

interface Policy {
  readonly document: NativeDocument;
  readonly namespace: string;
  readonly settings: Settings;
  readonly selectors: readonly Field[];
}

/** Kinds of policies that `RoutePolicies` takes. */
export const routePolicyKinds: readonly string[] = [
  'FaultInjectionPolicy',
  'MirrorPolicy',
  'RetryTimeoutPolicy',
];

/** The policies of routes, which select rules of RouteTables by labels. */
export class RoutePolicies {
  readonly #policies: readonly Policy[];
  readonly #used = new Set<Policy>();

  constructor(documents: readonly NativeDocument[], context: ReadContext, target: ReadTarget) {
    this.#policies = documents
      .filter(({ kind }) => routePolicyKinds.includes(kind))
      .map((document): Policy => {
        const spec = document.root.at('spec');
        const namespace = context.namespaceOf(document);
        const settings = readSettings(document.kind, spec.at('config'), namespace, target);
        return { document, namespace, settings, selectors: spec.at('applyToRoutes').items() };
      });
  }

  /** Returns the settings of the rule with these labels, of the first policy of each kind. */
  ofRoute(labels: Readonly<Record<string, string>>, namespace: string): Settings {
    let settings: Settings = {};
    for (const policy of this.#policies) {
      if (!selects(policy, labels, namespace)) continue;
      this.#used.add(policy);
      settings = { ...policy.settings, ...settings };
    }
    return settings;
  }

  /** Marks policies that no rule has. */
  markUnused(): void {
    for (const policy of this.#policies)
      if (!this.#used.has(policy))
        policy.document.root
          .at('spec')
          .lost({ callers: 'no rule of the input has the labels that it selects' });
  }
}

function selects(
  { selectors }: Policy,
  labels: Readonly<Record<string, string>>,
  namespace: string,
): boolean {
  if (selectors.length === 0) return true;
  return selectors.some((selector) => {
    const route = selector.at('route');
    const home = route.at('namespace').text();
    for (const key of ['cluster', 'workspace', 'name'])
      route.at(key).differently({ callers: 'rules of all tables with the labels have it' });
    selector.at('withDestinations').lost({ callers: 'the setting holds for all destinations of the rule' });
    const wanted = route.at('labels').labels() ?? {};
    return hasLabels(labels, wanted) && (home === undefined || home === namespace);
  });
}

function readSettings(kind: string, config: Field, namespace: string, target: ReadTarget): Settings {
  if (kind === 'FaultInjectionPolicy') {
    const fault = readFault(config);
    return fault === undefined ? {} : { fault };
  }
  if (kind === 'MirrorPolicy') {
    const destination = config.at('destination');
    const to = destination.isPresent ? target(destination, namespace) : undefined;
    const percent = config.at('percentage').number() ?? 100;
    if (to === undefined) return {};
    const { weight: _weight, ...rest } = to;
    return { mirror: [{ ...rest, percent }] };
  }
  const timeout = readDuration(config.at('requestTimeout'));
  const retries = readRetries(config.at('retries'));
  return { ...(timeout !== undefined && { timeout }), ...(retries && { retries }) };
}

/** A fault without a percentage holds for every request. */
function readFault(config: Field): Fault | undefined {
  const [delay, abort] = [config.at('delay'), config.at('abort')];
  const duration = readDuration(delay.at('fixedDelay'));
  const status = abort.at('httpStatus').number();
  const [delayed, aborted] = [delay.at('percentage').number() ?? 100, abort.at('percentage').number() ?? 100];
  const fault = {
    ...(duration !== undefined && duration !== '0s' && { delay: { duration, percent: delayed } }),
    ...(status !== undefined && { abort: { status, percent: aborted } }),
  };
  return Object.keys(fault).length === 0 ? undefined : fault;
}
