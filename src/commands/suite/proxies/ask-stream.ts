import type { Outcome } from '../../../core/semantics/outcome.ts';
import { expectedWord } from '../../../core/suite/expected-fields.ts';
import type { Observation } from '../../../core/suite/proxies/observation.ts';
import { observedMismatches } from '../../../core/suite/proxies/observed-mismatches.ts';
import type { SuiteTest } from '../../../core/suite/suite.ts';
import type { Extra, Seen } from './probe.ts';

/** Opens a connection of a test that isn't HTTP: it is passed on, or closed. */
export async function askStream(
  { expected }: SuiteTest,
  outcome: Outcome,
  send: (extra: Extra) => Promise<Observation>,
): Promise<Seen> {
  const { outcome: word = expectedWord(expected), status } = expected;
  const seen = await send([]);
  const plain = { ...(word !== undefined && { outcome: word }), ...(status !== undefined && { status }) };
  const unseen = Object.keys(expected).filter((field) => field !== 'outcome' && field !== 'status');
  const found = observedMismatches(plain, seen, undefined);
  return { found, unseen: outcome.outcome === 'forwarded' || found.length === 0 ? unseen : [] };
}
