import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { destinationRules } from './destination-rules.ts';
import { egress } from './egress.ts';
import { externalDestinationRules } from './external-destination-rules.ts';
import { externalVirtualServices } from './external-virtual-services.ts';
import { gatewayVirtualServices } from './gateway-virtual-services.ts';
import { gateways } from './gateways.ts';
import { serviceEntries } from './service-entries.ts';
import { sidecars } from './sidecars.ts';
import { virtualServices } from './virtual-services.ts';

/** Returns the objects about calls: destinations, tries, and the hosts that proxies know. */
export function networking(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return [
    ...virtualServices(ir, options),
    ...destinationRules(ir, options),
    ...serviceEntries(ir, options),
    ...externalVirtualServices(ir, options),
    ...externalDestinationRules(ir, options),
    ...gateways(ir),
    ...gatewayVirtualServices(ir, options),
    ...egress(ir),
    ...sidecars(ir, options),
  ];
}
