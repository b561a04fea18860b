import { defineMessages, finding } from '../../diagnostics/message.ts';
import { keyLocationOf } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2210: {
    severity: 'warning',
    text: 'all weights are zero, so every request of this rule gets 503',
    explanation:
      'A backend with weight 0 gets no requests. Give one backend a weight; to refuse requests on purpose, use `respond` with a status.',
  },
});

/** Reports rules whose backends all have weight zero. */
export const zeroWeights: Analyzer = {
  name: 'zero-weights',
  description: 'Reports rules whose backends all have weight zero.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.routes) {
      for (const rule of value.spec.rules) {
        if (rule.backends?.every(({ weight }) => weight === 0) !== true) continue;
        report(finding(messages, 'MESH2210', keyLocationOf({ container: rule, key: 'backends' }), {}));
      }
    }
  },
};
