import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument } from '../../../spec/types.gen.ts';
import type { RolloutHook } from '../../rollout.ts';
import type { Linking } from '../linking.ts';
import { itemsOf, locationOf, originOfWritten } from '../spec-place.ts';

export const messages = defineMessages({
  MESH2390: {
    severity: 'warning',
    text: 'messages to {host} go unencrypted',
    explanation:
      'Over http anybody on the way reads the messages, and can answer in place of a gate: a yes would let the rollout go on. Use https; http is for this machine (localhost, 127.0.0.1, [::1]).',
  },
});

/** Returns the hooks of a Rollout. */
export function hooksOf(
  linking: Linking,
  { value: { spec } }: SpecObject<RolloutDocument>,
): readonly RolloutHook[] {
  return itemsOf(spec.hooks).map(([hook, at]) => {
    const host = /^http:\/\/(\[[^\]]*\]|[^:/?#]+)/.exec(hook.url)?.[1];
    if (host !== undefined && !isLocal(host))
      linking.report(finding(messages, 'MESH2390', locationOf({ container: hook, key: 'url' }), { host }));
    return {
      origin: originOfWritten(at),
      on: [...new Set(hook.on)],
      url: hook.url,
      ...(hook.secret && { secret: hook.secret.env }),
      gate: hook.gate ?? false,
    };
  });
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
