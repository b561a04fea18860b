import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { AccessRule } from '../../ir/access.ts';
import type { Service } from '../../ir/service.ts';
import { formatOrigin } from '../../location.ts';
import { Callers } from '../../reach/callers.ts';
import { all, any, type Condition, not } from '../../reach/condition.ts';
import { ruleCondition } from '../../reach/meaning/access-condition.ts';
import { satisfiable } from '../../reach/satisfiable.ts';
import { normalisePath } from '../../semantics/normalise-path.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';
import { arrivalsAt, readsHost } from '../arrivals-at.ts';
import { holdsForSample, type Sample } from '../holds-for-sample.ts';

const messages = defineMessages({
  MESH2094: {
    severity: 'warning',
    text: 'this allow lets nobody in: deny rules refuse every call that it takes',
    explanation:
      'A deny always wins over an allow, whichever stands first. Take the allow out, or make an exception in the deny with `except`.',
  },
});

/** Reports allow rules whose calls are all denied, as the exact comparison of rules finds. */
export const deadAccess: Analyzer = {
  name: 'dead-access',
  description: 'Reports allow rules of an Access all of whose calls its deny rules refuse.',
  messages,
  analyze({ ir }, report) {
    const places = new Map<string, Place>();
    let callers: Callers | undefined;
    for (const service of Object.values(ir.services)) {
      const { allow, deny } = service.access;
      if (allow.length === 0 || deny.length === 0) continue;
      callers ??= new Callers(ir, ir);
      for (const [rule, isAlive] of aliveRules(service, callers)) {
        const key = formatOrigin(rule.origin);
        const known = places.get(key);
        places.set(key, { rule, isAlive: isAlive || known?.isAlive === true });
      }
    }
    for (const { rule, isAlive } of places.values())
      if (!isAlive) report(finding(messages, 'MESH2094', pointAt(rule.origin), {}));
  },
};

/** One rule of the spec, at all services that it guards. */
interface Place {
  readonly rule: AccessRule;
  readonly isAlive: boolean;
}

/** Returns the allow rules of a service, and false for each that deny rules beat for every caller and port. */
function aliveRules(service: Service, callers: Callers): readonly (readonly [AccessRule, boolean])[] {
  const { allow, deny } = service.access;
  // The host of a call isn't a variable here.
  if ([...allow, ...deny].some(readsHost)) return allow.map((rule) => [rule, true]);
  const arrivals = arrivalsAt(service, callers);
  return allow.map((rule) => {
    const taken: Condition[] = [];
    const passed: Condition[] = [];
    for (const arrival of arrivals) {
      for (const hasToken of [false, true]) {
        const takes = ruleCondition(rule, 'allow', arrival, hasToken);
        if (takes === false) continue;
        const denied = any(deny.map((one) => ruleCondition(one, 'deny', arrival, hasToken)));
        taken.push(takes);
        passed.push(all([takes, not(denied)]));
      }
    }
    // Most rules let a written method and path pass: no diagram is needed then.
    const samples = samplesOf(rule);
    if (passed.some((one) => samples.some((sample) => holdsForSample(one, sample) === true)))
      return [rule, true];
    // A rule that takes no call at all has a finding of its own.
    const answers = satisfiable([...passed, ...taken]);
    if (answers === undefined) return [rule, true];
    const isTaking = answers.slice(passed.length).includes(true);
    return [rule, !isTaking || answers.slice(0, passed.length).includes(true)];
  });
}

/** Returns requests that the operations of a rule name, without headers. */
function samplesOf({ origin, to = [{ origin }] }: AccessRule): readonly Sample[] {
  return to.flatMap(({ methods: [method = 'GET'] = [], paths: [path] = [] }) =>
    path?.type === 'regex'
      ? []
      : [path?.value ?? '', `${path?.value ?? ''}/other-path`]
          .filter((one) => normalisePath(one) === one)
          .map((one) => ({ method, path: one })),
  );
}
