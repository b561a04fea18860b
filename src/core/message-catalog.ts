import { analyzers } from './analyze/analyze.ts';
import { messages as streams } from './canary/replay/stream-messages.ts';
import { messages as limited } from './diagnostics/limited-findings.ts';
import type { Message, Messages } from './diagnostics/message.ts';
import { messages as format } from './format/messages.ts';
import { messages as issuers } from './identity/ending-issuers.ts';
import { messages as trust } from './identity/unbound-trust.ts';
import { messages as imports } from './import/messages.ts';
import { messages as outputs } from './import/verify/messages.ts';
import { linkMessages } from './ir/link/messages.ts';
import { messages as delivery } from './plan/messages.ts';
import { messages as keys } from './secret-scan/messages.ts';
import { messages as source } from './source/messages.ts';
import { messages as loading } from './spec/load-messages.ts';
import { messages as schema } from './spec/schema-messages.ts';
import { messages as suites } from './suite/messages.ts';
import { messages as suppressions } from './suppress/messages.ts';
import { messages as delegation } from './targets/delegation-findings.ts';
import { messages as losses } from './targets/loss.ts';
import { messages as portability } from './targets/portability.ts';

/** The messages of each module, except those of targets: a target is loaded only when a mesh names it. */
const modules: readonly Messages[] = [
  ...linkMessages,
  source,
  limited,
  loading,
  schema,
  format,
  suppressions,
  keys,
  ...analyzers.map(({ messages }) => messages),
  delegation,
  portability,
  losses,
  delivery,
  trust,
  issuers,
  streams,
  imports,
  outputs,
  suites,
];

/**
 * Every kind of finding by its code, in order of code. The catalog is above the modules, so that they don't depend on
 * each other; a module that needs the catalog takes it as a parameter.
 */
export const catalog: ReadonlyMap<string, Message> = new Map(
  modules.flatMap((messages) => Object.entries(messages)).sort(([a], [b]) => (a < b ? -1 : 1)),
);
