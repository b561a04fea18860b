import type { Field } from '../../../import/field.ts';
import type { AccessWhen } from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';
import { type RuleContext, unsaid } from './rule-context.ts';

/** Reads conditions on the principal of a token, `ISSUER/SUBJECT`. */
export function readTokenSubjects(field: Field, not: Field, rule: RuleContext): readonly AccessParts[] {
  const parts: AccessParts[] = [];
  if (field.isPresent) {
    const when: AccessWhen[] = [];
    let isWhole = true;
    for (const item of field.items()) {
      const condition = subjectCondition(item.text() ?? '', rule);
      if (condition !== undefined) when.push(condition);
      else {
        unsaid(item, rule, 'no RequestAuthentication of the input has this issuer');
        isWhole = false;
      }
    }
    if (when.length > 0 && (isWhole || rule.action === 'ALLOW')) parts.push({ when });
    else if (when.length === 0 && rule.action === 'ALLOW') parts.push({ isNever: true });
  }
  if (not.isPresent)
    for (const item of not.items()) {
      item.text();
      parts.push(unsaid(item, rule, 'the language has no condition on the absence of a token'));
    }
  return parts;
}

/** Returns the condition of `*`, `ISSUER/*` and `ISSUER/SUBJECT`; undefined for an unknown issuer. */
export function subjectCondition(text: string, { surroundings }: RuleContext): AccessWhen | undefined {
  if (text === '*') return { jwt: {} };
  const slash = text.lastIndexOf('/');
  const [issuer, subject] = [text.slice(0, slash), text.slice(slash + 1)];
  const name = surroundings.issuers.get(issuer);
  if (slash < 0 || name === undefined) return undefined;
  if (subject === '*') return { jwt: { issuer: name } };
  return subject.includes('*') || subject === ''
    ? undefined
    : { jwt: { issuer: name, claims: { sub: [subject] } } };
}
