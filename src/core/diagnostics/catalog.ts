import { analyzers } from '../analyze/analyze.ts';
import { messages as format } from '../format/messages.ts';
import { messages as issuers } from '../identity/ending-issuers.ts';
import { messages as trust } from '../identity/unbound-trust.ts';
import { linkMessages } from '../ir/link/messages.ts';
import { messages as keys } from '../keys/messages.ts';
import { messages as delivery, messages as plan } from '../plan/messages.ts';
import { messages as source } from '../source/messages.ts';
import { messages as loading } from '../spec/load-messages.ts';
import { messages as schema } from '../spec/schema-messages.ts';
import { messages as suppressions } from '../suppress/messages.ts';
import { messages as losses } from '../targets/loss.ts';
import { messages as portability } from '../targets/portability.ts';
import { messages as limited } from './limited-findings.ts';
import type { Message, Messages } from './message.ts';

/** The messages of every module that has some, those of targets apart: they load when they are named. */
const modules: readonly Messages[] = [
  ...linkMessages,
  plan,
  source,
  limited,
  loading,
  schema,
  format,
  suppressions,
  keys,
  ...analyzers.map(({ messages }) => messages),
  portability,
  losses,
  delivery,
  trust,
  issuers,
];

/** Every kind of finding by its code, in order of code. */
export const catalog: ReadonlyMap<string, Message> = new Map(
  modules.flatMap((messages) => Object.entries(messages)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Returns the explanation of a code, or undefined if there is no such code; case and a missing `MESH` are forgiven. */
export function explain(code: string): { readonly code: string; readonly message: Message } | undefined {
  const upper = code.toUpperCase();
  const full = /^\d+$/.test(upper) ? `MESH${upper}` : upper;
  const message = catalog.get(full);
  return message === undefined ? undefined : { code: full, message };
}
