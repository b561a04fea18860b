import type { StageName } from '../../../src/core/outputs/directory/stages.ts';
import type { Event } from '../../../src/core/run/event.ts';

const way: readonly StageName[] = ['make', 'switch', 'break'];

export const start: Event = {
  type: 'start',
  command: 'apply',
  tool: 'mesh/0',
  revision: '1a2b3c4d5e6f7a8b9c0d',
};

/** Returns the event that a stage begins. */
export function begun(stage: StageName | 'back', proxies: number, target = 'edge'): Event {
  const event = { type: 'switch', target, stage, revision: `000001-${stage}`, proxies } as const;
  return stage === 'back' ? event : { ...event, stages: way };
}

/** Returns an event about a proxy. */
export function proxy(
  id: string,
  state: 'accepted' | 'rejected' | 'unseen',
  detail?: string,
  target = 'edge',
): Event {
  return { type: 'proxy', target, id, state, ...(detail !== undefined && { detail }) };
}

/** Returns the event that a proxy delays the run. */
export function waiting(ref: string, reason: string, target = 'edge'): Event {
  return { type: 'waiting', target, ref, reason, until: '2026-01-01T00:01:00.000Z' };
}

export function notice(message: string): Event {
  return { type: 'notice', target: 'edge', message };
}

export function certificate(subject: string, action: 'issue' | 'renew' | 'keep' | 'delete'): Event {
  return { type: 'certificate', target: 'edge', subject, action };
}

export function end(result: 'succeeded' | 'incomplete' | 'unchanged', message?: string): Event {
  const code = result === 'incomplete' ? 8 : 0;
  return {
    type: 'end',
    outcome: { result, ...(message !== undefined && { cause: { code, message } }) },
    exitCode: code,
    counts: {},
  };
}
