import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { fits, measuredTwice } from './distribution.ts';
import type { LiveMesh } from './live-mesh.ts';
import { greet } from './send.ts';
import { prepare } from './sending.ts';

const samples = 200;

/**
 * Returns the differences between a real proxy and `decide` about a connection that isn't HTTP: the server that greets,
 * and its share.
 */
export async function streamDifferences(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  const { outcome } = await prepare(mesh, request);
  const isShared = outcome.outcome === 'forwarded' && outcome.backends.length > 1;
  const measure = (): Promise<readonly string[]> => greetingDifferences(mesh, request);
  return isShared ? measuredTwice(measure) : measure();
}

async function greetingDifferences(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  const { outcome, sending } = await prepare(mesh, request);
  const greeting = await greet(sending);
  if (outcome.outcome !== 'forwarded') {
    return greeting === undefined ? [] : [`greeted by ${greeting}, decided ${outcome.outcome}`];
  }
  const decided = outcome.backends.map(({ service, version }) => `${service} ${version}`);
  const counts = decided.map(() => 0);
  const many = decided.length > 1 ? samples : 1;
  let strange = 0;
  for (let i = 0; i < many; i += 1) {
    const said = i === 0 ? greeting : await greet(sending);
    const at = decided.indexOf((said ?? '').split(' ').slice(0, 2).join(' '));
    if (at === -1) strange += 1;
    else counts[at] = (counts[at] ?? 0) + 1;
  }
  return strange === 0 && fits(counts, shares(outcome))
    ? []
    : [
        `greeted ${counts.join('/')} times by ${decided.join(', ')} and ${String(strange)} times by nobody of them (last: ${String(greeting)}), decided ${shares(outcome).join('/')}`,
      ];
}

function shares(outcome: Extract<Outcome, { outcome: 'forwarded' }>): readonly number[] {
  return outcome.backends.map(({ share }) => share);
}
