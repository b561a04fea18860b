import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import type { Guarded } from './guarded.ts';
import { guards } from './guards.ts';
import { lowerOperation } from './operations.ts';
import { lowerRules } from './rules.ts';
import { exceptionVerdict } from './verdicts.ts';

/** Returns the limits of policies about callers; each limit refuses more, never less. */
export function accessLimits(ir: Ir, options: LoweringOptions): readonly Limit[] {
  return guards(ir, options).flatMap((guarded) => [
    ...lowerRules(guarded.access.allow, 'allow', guarded).lost,
    ...lowerRules(guarded.access.deny, 'deny', guarded).lost,
    ...guardedPods(guarded),
    ...wronglyAsked(guarded),
  ]);
}

/** Returns the limits of external authorization for some requests, which Istio can't select exactly. */
function wronglyAsked(guarded: Guarded): readonly Limit[] {
  const asked = guarded.authentication?.externalAuthorization;
  const lost = (asked?.to ?? []).flatMap((one) => lowerOperation(one, 'deny', guarded, true).lost);
  const { except } = asked ?? {};
  const kept = except === undefined || exceptionVerdict(except, guarded) !== undefined;
  const origins = [...lost, ...(kept ? [] : except)].map(({ origin }) => origin);
  return origins.map((origin) => ({
    feature: 'authentication.external',
    reason: 'a policy of Istio can not say which requests are meant, so that more are asked about',
    callers: 'requests that nobody is to be asked about may be refused with 403',
    origin,
  }));
}

/** Returns the limit of an open service whose pods are guarded by policies of another service. */
function guardedPods({ refuser, origin }: Guarded): readonly Limit[] {
  if (refuser === undefined) return [];
  return [
    {
      feature: 'access.identity',
      reason: `the policies of Service ${refuser.id}, which refuse calls, guard its pods, too`,
      callers: 'calls that nobody refuses in the spec are refused with 403',
      origin,
    },
  ];
}
