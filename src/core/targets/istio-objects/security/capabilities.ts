import type { Feature } from '../../../ir/feature.ts';
import type { Capability } from '../../target.ts';

/** The capabilities of identity, tokens and access. */
export const securityCapabilities = {
  'mtls.strict': {
    partial: 'in the root namespace of Istio a mode can only be set for the whole mesh',
    callers: 'the mode of the mesh holds for such a service',
    found: 'by limits',
  },
  'mtls.permissive': {
    partial: 'Istio guards pods, by their own ports, and in its root namespace all of them alike',
    callers:
      'calls without identity are refused where another service, or another port, of the pods is stricter',
    found: 'by limits',
  },
  'mtls.disabled': {
    partial: 'Istio knows one mode for a pod, and in its root namespace one for the whole mesh',
    callers: 'calls have an identity, or need one, where the spec says that nobody has one',
    found: 'by limits',
  },
  'access.identity': {
    partial: 'Istio guards pods, not services: two services on the same pods and port can not differ',
    callers: 'calls to such a service are refused with 403',
    found: 'by limits',
  },
  'access.http': 'full',
  'access.deny': 'full',
  'access.except': {
    partial:
      'Istio knows the ports of pods, and takes the proxy in front for the client when the address is not in its list',
    callers: 'more calls are refused with 403, never fewer',
    found: 'by limits',
  },
  'access.address': {
    partial: 'a policy of Istio takes the proxy in front for the client when the address is not in its list',
    callers: 'more calls are refused with 403, never fewer',
    found: 'by limits',
  },
  'access.jwt': 'full',
  'authentication.jwt': {
    partial:
      'Istio is content with one valid token where a request brings several, and fetches keys itself, without an identity',
    callers: 'a bad token beside a valid one is not refused with 401',
    found: 'by limits',
  },
  'authentication.external': {
    partial: 'Istio knows the ports of pods: exceptions of two ports that lead to one can not differ',
    callers: 'requests that nobody is to be asked about may be refused with 403',
    found: 'by limits',
  },
  federation: {
    none: 'Istio takes another trust domain only as an alias of its own, so that every rule would take its accounts for ours',
    callers: 'calls from federated trust domains can not connect',
  },
} satisfies Partial<Record<Feature, Capability>>;
