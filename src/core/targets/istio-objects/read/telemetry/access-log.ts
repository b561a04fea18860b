import { defined } from '../../../../import/defined.ts';
import type { Field } from '../../../../import/field.ts';
import type { AccessLog } from '../../../../spec/types.gen.ts';
import type { Providers } from './providers.ts';

/** Reads `accessLogging`; null if the log is turned off, undefined if nothing is said of it that the language has. */
export function readAccessLog(list: Field, providers: Providers): AccessLog | null | undefined {
  let read: AccessLog | null | undefined;
  for (const item of list.items()) {
    const log = readItem(item, providers);
    if (log === undefined) continue;
    if (read === undefined || read === null) read = log;
    else if (log !== null) item.lost({ callers: 'the log is written in one form, to the first receiver' });
  }
  return read;
}

function readItem(item: Field, providers: Providers): AccessLog | null | undefined {
  readMode(item.at('match'));
  const isOff = item.at('disabled').boolean() === true;
  const when = item.along('filter', 'expression').text();
  const receivers = item
    .at('providers')
    .items()
    .map((provider) => ({ provider, name: provider.at('name').text() ?? '' }));
  if (isOff) return null;
  const known = receivers.map((one) => ({ ...one, log: providers.log(one.name) }));
  const found = known.find(({ log }) => log !== undefined);
  if (found === undefined) {
    item.lost({ callers: unknown(receivers[0]?.name ?? 'the provider') });
    return undefined;
  }
  for (const one of known) {
    if (one.log === undefined) one.provider.lost({ callers: unknown(one.name) });
    else if (one !== found)
      one.provider.lost({ callers: 'the log is written in one form, to the first receiver' });
  }
  return defined({ ...found.log, when });
}

function unknown(name: string): string {
  return `no log is written: the mesh config defines ${name}, and is not read: write \`telemetry.accessLog\` with its output`;
}

/** In the language both ends of a call report it. */
export function readMode(match: Field): void {
  const mode = match.at('mode');
  if (mode.text() === 'CLIENT' || mode.value === 'SERVER')
    mode.differently({ callers: 'both ends of a call report it' });
}
