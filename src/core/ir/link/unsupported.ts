import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Linking } from './linking.ts';
import { locationOf } from './written.ts';

export const messages = defineMessages({
  MESH2100: {
    severity: 'error',
    text: '{kind} is not supported yet.',
    explanation:
      'The language has this kind, and this version of the tool does not act on it. What a spec says must never be ignored in silence, so the document is refused: take it out until it is supported.',
  },
  MESH2101: {
    severity: 'error',
    text: '{field}: {value} is not supported yet.',
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
  const certificates = linking.mesh.certificates;
  const delegate = certificates?.delegate ?? 'none';
  if (certificates === undefined || delegate === 'none') return;
  const values = { field: 'delegate', value: delegate };
  linking.report(
    finding(messages, 'MESH2101', locationOf({ container: certificates, key: 'delegate' }), values),
  );
}
