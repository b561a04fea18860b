import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { type MtlsMode, mtlsOf, type Service } from '../../ir/service.ts';
import type { AllowRule, DenyRule, Principal } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';
import { guardedServices } from '../guarded-services.ts';

const messages = defineMessages({
  MESH2225: {
    severity: 'warning',
    text: 'with mtls disabled nobody who calls {service} has an identity, so this caller never matches',
    explanation:
      'An identity comes from the certificate of a connection with mTLS. Make the service strict or permissive, or write `{anyone: true}` to let everybody in.',
  },
  MESH2226: {
    severity: 'warning',
    text: '{service} takes plain text too: this caller gets around the deny by calling without a certificate',
    explanation:
      'With mtls permissive a call in plain text has no identity, and a deny by identity does not match it. Make the service strict, or close it with an allow for those who may call.',
  },
});

/** Reports Access rules about callers at services that also take callers without an identity. */
export const accessWithoutIdentity: Analyzer = {
  name: 'access-without-identity',
  description: 'Reports Access rules by identity at services whose mtls does not establish it.',
  messages,
  analyze({ spec, ir }, report) {
    const guarded = guardedServices(ir);
    for (const access of spec.accesses) {
      const services = guarded(access);
      const disabled = services.find((service) => takesAll(service, 'disabled'));
      const permissive = services.find(
        (service) => !service.access.closed && takesSome(service, 'permissive'),
      );
      for (const { allow, deny } of access.value.spec.rules ?? []) {
        if (disabled !== undefined) reportEach(allow ?? deny, 'MESH2225', disabled, report);
        else if (permissive !== undefined) reportEach(deny, 'MESH2226', permissive, report);
      }
    }
  },
};

/** Returns true if every port has this mode. If ports differ, a rule may be meant for the other ports. */
function takesAll(service: Service, mode: MtlsMode): boolean {
  return service.ports.every((port) => mtlsOf(service, port) === mode) && service.ports.length > 0;
}

function takesSome(service: Service, mode: MtlsMode): boolean {
  return service.ports.some((port) => mtlsOf(service, port) === mode);
}

function reportEach(
  rule: AllowRule | DenyRule | undefined,
  code: keyof typeof messages,
  { id }: Service,
  report: Report,
): void {
  for (const [principal, at] of itemsOf(rule?.from)) {
    if (needsIdentity(principal)) report(finding(messages, code, locationOf(at), { service: id }));
  }
}

function needsIdentity(principal: Principal): boolean {
  return typeof principal === 'string' || principal.anyone === undefined;
}
