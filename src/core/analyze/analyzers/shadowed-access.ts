import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { AccessRule } from '../../ir/access.ts';
import type { Service } from '../../ir/service.ts';
import { formatOrigin } from '../../location.ts';
import { Callers } from '../../reach/callers.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';
import { type RuleUse, usesOfRules } from '../rule-uses.ts';

const messages = defineMessages({
  MESH2201: {
    severity: 'info',
    text: 'this deny refuses nobody: no allow lets in what it takes',
    explanation:
      'On a closed service only calls that an allow takes get in, and this deny takes none of them. It may be meant for allows that come later; else take it out, or correct what it takes.',
  },
  MESH2202: {
    severity: 'info',
    text: 'this allow lets nobody in whom others don’t let in',
    explanation:
      'Other allow rules take every call that this one takes, or deny rules refuse it. Take it out, or narrow the wider rule if it lets in too much.',
  },
  MESH2203: {
    severity: 'info',
    text: 'this deny refuses nobody whom others don’t refuse',
    explanation:
      'Other deny rules take every call that this one takes. Take it out, or widen it if it takes too little.',
  },
  MESH2204: {
    severity: 'warning',
    text: 'no call fits this rule: its exceptions take all that it takes',
    explanation:
      'A call that fits any entry of `except` isn’t meant by the rule. Here every call that the rule takes fits one. Narrow the exceptions, or take the rule out.',
  },
});

const codes = {
  idleDeny: 'MESH2201',
  coveredAllow: 'MESH2202',
  coveredDeny: 'MESH2203',
  impossible: 'MESH2204',
} as const;

/** Reports rules of Access without which every call is decided alike. */
export const shadowedAccess: Analyzer = {
  name: 'shadowed-access',
  description:
    'Reports rules of Access that decide nothing: what they take is taken by others or let in by none.',
  messages,
  analyze({ ir }, report) {
    const places = new Map<string, Place>();
    let callers: Callers | undefined;
    const callersOf = (): Callers => {
      callers ??= new Callers(ir, ir);
      return callers;
    };
    for (const service of Object.values(ir.services)) collect(service, callersOf, places);
    for (const { rule, use } of places.values()) reportUse(rule, use, report);
  },
};

/** One rule of the spec, with its use at all services that it guards: the best one. */
interface Place {
  readonly rule: AccessRule;
  readonly use: RuleUse;
}

function collect(service: Service, callers: () => Callers, places: Map<string, Place>): void {
  const { allow, deny } = service.access;
  const uses = usesOfRules(service, callers);
  for (const rule of [...allow, ...deny]) {
    const use = uses.get(rule) ?? 'decides';
    const key = formatOrigin(rule.origin);
    const known = places.get(key);
    if (known === undefined || known.use !== use)
      places.set(key, { rule, use: known === undefined ? use : 'decides' });
  }
}

function reportUse(rule: AccessRule, use: RuleUse, report: Report): void {
  if (use !== 'decides') report(finding(messages, codes[use], pointAt(rule.origin), {}));
}
