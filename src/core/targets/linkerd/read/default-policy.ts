import type { Field } from '../../../import/field.ts';
import { anyone, authenticated, type Callers } from './callers.ts';

/** Reads a policy for ports without a Server, or for requests that no policy lets in; marks those that the language can't say. */
export function readPolicyWord(text: string, field: Field): Callers {
  switch (text) {
    case 'all-unauthenticated':
      return anyone;
    case 'all-authenticated':
      return authenticated;
    case 'audit':
      field.differently({
        callers: 'nobody logs the calls that a policy would refuse; they pass, as they do now',
      });
      return anyone;
    case 'cluster-authenticated':
      field.lost({
        callers: 'callers with an identity get in from networks outside of the cluster, too',
        witness: 'a call from a pod of another cluster with the same trust anchor',
        access: 'wider',
      });
      return authenticated;
    case 'cluster-unauthenticated':
      field.lost({
        callers:
          'callers without an identity are refused, and those with one get in from networks outside of the cluster, too',
        witness: 'a call from a pod of another cluster with the same trust anchor',
        access: 'wider',
      });
      return authenticated;
    case 'deny':
      return [];
    default:
      field.malformed('a policy of Linkerd');
      return [];
  }
}
