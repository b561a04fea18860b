import { defineMessages, finding } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { quoted } from '../../lib/quoted.ts';
import { normalisePath } from '../../semantics/normalise-path.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2360: {
    severity: 'error',
    text: 'a health check asks for a normalised path, and this one reads {normal} to the proxy of the instance',
    explanation:
      'Proxies normalise the path that they receive (encoded letters, digits and `-._~` decoded, backslashes made slashes, dot segments resolved, `//` merged) before they look whether it is that of the check. Write the path in that form.',
  },
  MESH2361: {
    severity: 'error',
    text: 'a health check can not ask for this path: proxies refuse it as unsafe (400)',
    explanation:
      'A path with an encoded slash or backslash, `%00` or `#`, or with dots before a `;` that are written encoded, is refused. Write the path without them.',
  },
});

/** Reports paths of health checks that the proxy of the instance would normalise to another path. */
export const healthPath: Analyzer = {
  name: 'health-path',
  description: 'Reports health checks that ask for a path that is not normalised.',
  messages,
  analyze({ spec }, report) {
    for (const { healthCheck } of spec.services.map(({ value }) => value.spec)) {
      if (healthCheck?.path === undefined) continue;
      const location = locationOf({ container: healthCheck, key: 'path' });
      const normal = normalisePath(healthCheck.path);
      if (normal === undefined) report(finding(messages, 'MESH2361', location, {}));
      else if (normal !== healthCheck.path) {
        const fix = { title: `Write ${quoted(normal)}`, edits: [{ location, text: JSON.stringify(normal) }] };
        report(finding(messages, 'MESH2360', location, { normal: quoted(normal) }, { fix }));
      }
    }
  },
};
