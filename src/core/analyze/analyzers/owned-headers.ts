import { defineMessages, finding } from '../../diagnostics/message.ts';
import { keyLocationOf, locationOf } from '../../ir/link/spec-place.ts';
import { ownedHeader } from '../../ir/owned-header.ts';
import type { Analyzer } from '../analyzer.ts';
import { writtenHeaderChanges, writtenHeaderKeys, writtenHeaderMatches } from '../written-headers.ts';

const messages = defineMessages({
  MESH2300: {
    severity: 'error',
    text: 'the header {name} is no condition, because proxies {reason}: {instead}',
    explanation:
      'A proxy writes, joins or drops the header on the way, so a server can not trust it, and a rule about it has no effect in practice. docs/language.md lists these headers and what to write instead.',
  },
  MESH2301: {
    severity: 'error',
    text: 'a rule can not change the header {name}: proxies {reason}',
    explanation:
      'The proxies need the header for themselves or write it last. Rules may change only these of the headers that proxies own: x-forwarded-proto, x-forwarded-host, x-forwarded-port, x-forwarded-prefix, forwarded, via, x-request-id and cookie. Choose another name.',
  },
  MESH2302: {
    severity: 'warning',
    text: 'proxies pass `referer` on only if it is an absolute URL without a fragment',
    explanation:
      'Proxies remove any other value before rules apply, so a caller can make the header disappear. Do not let access depend on it.',
  },
  MESH2303: {
    severity: 'warning',
    text: 'requests are told apart by the header {name}, but proxies {reason}',
    explanation:
      'The proxy may see another value than the caller sent: requests of one caller may be counted or balanced apart, or the requests of all callers together. Use a header that no proxy writes.',
  },
});

/** Reports conditions on headers that a proxy writes, and changes of headers that a proxy needs. */
export const ownedHeaders: Analyzer = {
  name: 'owned-headers',
  description: 'Reports matches and changes of headers that proxies write, join or drop.',
  messages,
  analyze({ spec }, report) {
    for (const [name, at] of writtenHeaderMatches(spec)) {
      const owned = ownedHeader(name);
      const { reason, instead } = owned ?? {};
      if (reason !== undefined && instead !== undefined)
        report(
          finding(messages, 'MESH2300', keyLocationOf(at), { name: name.toLowerCase(), reason, instead }),
        );
      if (name.toLowerCase() === 'referer') report(finding(messages, 'MESH2302', keyLocationOf(at), {}));
    }
    for (const [name, at] of writtenHeaderChanges(spec)) {
      const owned = ownedHeader(name);
      // Linking reports changes of the host.
      if (owned === undefined || owned.changeable || owned.name === 'host') continue;
      const values = { name: name.toLowerCase(), reason: owned.reason };
      report(finding(messages, 'MESH2301', keyLocationOf(at), values));
    }
    for (const [name, at] of writtenHeaderKeys(spec)) {
      const owned = ownedHeader(name);
      if (owned === undefined || owned.name === 'host') continue;
      const values = { name: name.toLowerCase(), reason: owned.reason };
      report(finding(messages, 'MESH2303', locationOf(at), values));
    }
  },
};
