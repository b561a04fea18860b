import { defineMessages, finding } from '../../diagnostics/message.ts';
import { keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2212: {
    severity: 'warning',
    text: 'pages of every origin may send credentials here and read the answers',
    explanation:
      "With `*` and `allowCredentials` any page that a user opens can act with that user's cookies. List the origins that need it.",
  },
});

/** Reports cross-origin rules that give every page the user's credentials. */
export const corsCredentials: Analyzer = {
  name: 'cors-credentials',
  description: 'Reports cors rules that allow credentials to every origin.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.routes) {
      for (const { cors } of value.spec.rules) {
        const any = cors?.allowOrigins.indexOf('*') ?? -1;
        if (cors?.allowCredentials !== true || any < 0) continue;
        const location = locationOf({ container: cors.allowOrigins, key: any });
        const related = [
          {
            location: keyLocationOf({ container: cors, key: 'allowCredentials' }),
            message: 'with credentials',
          },
        ];
        report(finding(messages, 'MESH2212', location, {}, { related }));
      }
    }
  },
};
