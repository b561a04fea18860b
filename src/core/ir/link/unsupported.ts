import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Linking } from './linking.ts';
import { type At, entriesOf, locationOf } from './written.ts';

export const messages = defineMessages({
  MESH2100: {
    severity: 'error',
    text: '{kind} is not supported yet',
    explanation:
      'The language has this kind, and this version of the tool does not act on it. What a spec says must never be ignored in silence, so the document is refused: take it out until it is supported.',
  },
  MESH2101: {
    severity: 'error',
    text: '{field}: {value} is not supported yet',
    explanation:
      'The language has this value, and this version of the tool does not act on it. What a spec says must never be ignored in silence: take it out until it is supported.',
  },
});

/** Reports what the language has and nothing acts on yet. */
export function reportUnsupported(linking: Linking): void {
  const { rollouts, guardrails } = linking.spec;
  for (const { kind, location } of [...rollouts, ...guardrails]) {
    linking.report(finding(messages, 'MESH2100', location, { kind }));
  }
  for (const { at, field, value } of unsupportedFields(linking)) {
    linking.report(finding(messages, 'MESH2101', locationOf(at), { field, value }));
  }
}

interface Unsupported {
  readonly at: At;
  readonly field: string;
  readonly value: string;
}

function unsupportedFields({ mesh }: Linking): readonly Unsupported[] {
  const { delegate = 'none', files } = mesh.certificates ?? {};
  const found: Unsupported[] = [];
  const add = (container: object, key: string, value: string): void =>
    void found.push({ at: { container, key }, field: key, value });
  if (mesh.certificates !== undefined && delegate !== 'none') add(mesh.certificates, 'delegate', delegate);
  if (files?.group !== undefined) add(files, 'group', files.group);
  for (const [, { delivery }] of entriesOf(mesh.targets)) {
    if (delivery === undefined) continue;
    if (delivery.requirePlan === true) add(delivery, 'requirePlan', 'true');
    if (delivery.branches !== undefined) add(delivery, 'branches', delivery.branches.join(', '));
    if (delivery.requireSigned !== undefined) add(delivery, 'requireSigned', delivery.requireSigned);
  }
  return found;
}
