import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { Hook, RolloutDocument } from '../../../spec/types.gen.ts';
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
  MESH2395: {
    severity: 'error',
    text: 'the hook has `command` beside `url` or `secret`',
    explanation:
      'A message goes to an address or to a program. Write two hooks if both are to have it; `secret` signs messages to an address.',
  },
  MESH2396: {
    severity: 'error',
    text: '{program} is no path of the repository: it has to begin with ./ and to stay below the root',
    explanation:
      'Only programs of the commit that was reviewed run as hooks, never those that a machine happens to have. Put a script into the repository, such as ./hooks/gate.sh, and let it call what it needs.',
  },
});

/** Returns the hooks of a Rollout. */
export function hooksOf(
  linking: Linking,
  { value: { spec } }: SpecObject<RolloutDocument>,
): readonly RolloutHook[] {
  return itemsOf(spec.hooks).map(([hook, at]) => {
    const { url, command, secret } = hook;
    const host = /^http:\/\/(\[[^\]]*\]|[^:/?#]+)/.exec(url ?? '')?.[1];
    if (host !== undefined && !isLocal(host))
      linking.report(finding(messages, 'MESH2390', locationOf({ container: hook, key: 'url' }), { host }));
    if (command !== undefined) checkCommand(linking, hook, command);
    return {
      origin: originOfWritten(at),
      on: [...new Set(hook.on)],
      ...(url !== undefined && { url }),
      ...(command !== undefined && { command }),
      ...(secret && { secret: secret.env }),
      gate: hook.gate ?? false,
    };
  });
}

function checkCommand(linking: Linking, hook: Hook, command: readonly string[]): void {
  if (hook.url !== undefined || hook.secret !== undefined)
    linking.report(finding(messages, 'MESH2395', locationOf({ container: hook, key: 'command' }), {}));
  const [program = ''] = command;
  const parts = program.split('/').slice(1);
  if (program.startsWith('./') && parts.every((part) => part !== '' && part !== '.' && part !== '..')) return;
  const at = locationOf({ container: command, key: 0 });
  linking.report(finding(messages, 'MESH2396', at, { program: JSON.stringify(program) }));
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
