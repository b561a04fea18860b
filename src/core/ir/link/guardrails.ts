import { defineMessages, finding } from '../../diagnostics/message.ts';
import { isDay } from '../../lib/is-day.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type {
  GuardrailDocument,
  Flow as WrittenFlow,
  FlowTarget as WrittenTarget,
  Waiver as WrittenWaiver,
} from '../../spec/types.gen.ts';
import type { Flow, FlowTarget, Guardrail, Waiver } from '../guardrail.ts';
import type { ServiceId } from '../service-id.ts';
import { pathMatch } from './conditions.ts';
import type { Linking } from './linking.ts';
import { destinationId, idOf } from './names.ts';
import { reportUnknownPort } from './ports.ts';
import { principalMatches } from './principals.ts';
import { itemsOf, locationOf, type SpecPlace } from './spec-place.ts';
import { writtenPorts } from './written-ports.ts';

export const messages = defineMessages({
  MESH3107: {
    severity: 'error',
    text: 'there is no Service or External in the namespace {namespace}, so this guards nothing',
    explanation:
      'A flow of a Guardrail is about all Services and Externals of `namespace`. A guardrail about nothing always holds, which nobody means: correct the namespace, or take the target out.',
  },
  MESH3115: {
    severity: 'error',
    text: 'there is no day {expires}, so nobody can say when this waiver ends',
    explanation:
      'The last day of a waiver is a day of the calendar, year-month-day. February 30th would compare like a day and end on another one than its author meant. Write a day that exists: for the last day of a month, look up how long the month is.',
  },
});

/** The namespace of references in a Guardrail, which has no namespace. */
const namespace = 'default';

/** Returns the flows of all Guardrails; reports names that are unknown and leaves out what needs them. */
export function guardrailsOf(linking: Linking): readonly Guardrail[] {
  return linking.spec.guardrails.map((document) => guardrailOf(linking, document));
}

function guardrailOf(linking: Linking, { name, value, location }: SpecObject<GuardrailDocument>): Guardrail {
  const { spec } = value;
  const flows = (list: readonly WrittenFlow[] | undefined): readonly Flow[] =>
    itemsOf(list).flatMap(([flow]) => flowOf(linking, flow));
  return {
    origin: originOf(location),
    name,
    severity: spec.severity ?? 'error',
    never: flows(spec.never),
    only: flows(spec.only),
    must: flows(spec.must),
    waivers: itemsOf(spec.waivers).flatMap(([waiver, at]) => waiverOf(linking, waiver, at)),
  };
}

function flowOf(linking: Linking, { from, to }: WrittenFlow): readonly Flow[] {
  const callers = principalMatches(linking, from, namespace);
  const targets = itemsOf(to).flatMap(([target, at]) => targetOf(linking, target, at));
  return callers.length === 0 || targets.length === 0 ? [] : [{ from: callers, to: targets }];
}

function targetOf(linking: Linking, target: WrittenTarget, at: SpecPlace): readonly FlowTarget[] {
  const { ports, methods, paths } = target;
  const ids = idsOf(linking, target);
  const known = ports === undefined ? undefined : knownPorts(linking, target, ids);
  if (ids.length === 0 || known?.length === 0) return [];
  return [
    {
      location: locationOf(at),
      ids,
      ...(known && { ports: known }),
      ...(methods && { methods }),
      ...(paths && { paths: paths.map(pathMatch) }),
    },
  ];
}

function idsOf(linking: Linking, target: WrittenTarget): readonly ServiceId[] {
  const { names, spec, report } = linking;
  if (target.service !== undefined) {
    const id = destinationId(
      names,
      { name: target.service, namespace, container: target, key: 'service' },
      report,
    );
    return id === undefined ? [] : [id];
  }
  const wanted = target.namespace ?? '';
  const ids = [...spec.services, ...spec.externals].flatMap((one) =>
    one.namespace === wanted ? [idOf(one)] : [],
  );
  if (ids.length === 0) {
    const location = locationOf({ container: target, key: 'namespace' });
    report(finding(messages, 'MESH3107', location, { namespace: wanted }));
  }
  return [...new Set(ids)].sort();
}

function knownPorts(linking: Linking, target: WrittenTarget, ids: readonly ServiceId[]): readonly string[] {
  if (ids.length === 0) return [];
  const owners = ids.map((id) => writtenPorts(linking, id));
  const portNames = [...new Set(owners.flatMap((one) => one.portNames))].sort();
  const title = owners.length === 1 ? (owners[0]?.title ?? '') : `the namespace ${target.namespace ?? ''}`;
  return itemsOf(target.ports).flatMap(([name, at]) => {
    if (portNames.includes(name)) return [name];
    reportUnknownPort(linking, { title, portNames }, name, at);
    return [];
  });
}

function waiverOf(linking: Linking, waiver: WrittenWaiver, at: SpecPlace): readonly Waiver[] {
  const reference = { name: waiver.service, namespace, container: waiver, key: 'service' };
  const service = destinationId(linking.names, reference, linking.report);
  const { expires } = waiver;
  if (!isDay(expires)) {
    const location = locationOf({ container: waiver, key: 'expires' });
    linking.report(finding(messages, 'MESH3115', location, { expires }));
    return [];
  }
  return service === undefined ? [] : [{ location: locationOf(at), service, expires }];
}
