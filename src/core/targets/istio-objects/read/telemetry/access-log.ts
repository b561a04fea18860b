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
  let found: Pick<AccessLog, 'format' | 'output'> | undefined;
  for (const { provider, name } of receivers) {
    const log = providers.log(name);
    if (log === undefined) provider.lost({ callers: unknown(name) });
    else if (found === undefined) found = log;
    else provider.lost({ callers: 'the log is written in one form, to the first receiver' });
  }
  if (found !== undefined) return defined({ ...found, when });
  const names = receivers.map(({ name }) => name);
  item.lost({ callers: unknown(names[0] ?? 'the provider of the mesh config') });
  return undefined;
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
