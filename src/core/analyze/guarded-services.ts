import type { Ir } from '../ir/ir.ts';
import type { Service } from '../ir/service.ts';
import { absoluteId } from '../spec/absolute-id.ts';
import type { SpecObject } from '../spec/spec.ts';
import type { AccessDocument } from '../spec/types.gen.ts';

/** Returns a function that finds the services an Access guards; services that don't exist are left out. */
export function guardedServices(ir: Ir): (access: SpecObject<AccessDocument>) => readonly Service[] {
  const inNamespace = new Map<string, Service[]>();
  for (const service of Object.values(ir.services)) {
    const list = inNamespace.get(service.namespace);
    if (list === undefined) inNamespace.set(service.namespace, [service]);
    else list.push(service);
  }
  return ({ namespace, value }) => {
    const { service } = value.spec;
    if (service === undefined || value.spec.gateway !== undefined) return [];
    if (service === '*') return inNamespace.get(namespace) ?? [];
    const found = ir.services[absoluteId(service, namespace)];
    return found === undefined ? [] : [found];
  };
}
