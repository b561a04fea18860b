import { expect, test } from 'vitest';
import { ProxyStates } from '../../../src/commands/delivery/proxy-states.ts';
import { exit } from '../../../src/core/exit-code.ts';
import type { Event } from '../../../src/core/run/event.ts';
import type { Proxy } from '../../../src/core/targets/proxy.ts';

const delivery = (name: string, ...ids: readonly string[]) => ({
  name,
  next: { proxies: ids.map((id) => ({ id }) as Proxy) },
});
const said = (target: string, id: string, state: 'accepted' | 'unseen'): Event => ({
  type: 'proxy',
  target,
  id,
  state,
});
const stage = (target: string): Event => ({
  type: 'switch',
  target,
  stage: 'switch',
  revision: '000002-switch-0',
  proxies: 2,
});

function counted(events: readonly Event[], deliveries: Parameters<ProxyStates['counts']>[0], code?: 9 | 15) {
  const states = new ProxyStates();
  for (const event of events) states.note(event);
  const cause = code === undefined ? {} : { cause: { code, message: 'no answer' } };
  return states.counts(deliveries, { result: 'succeeded', ...cause });
}

test('a proxy that the new revision no longer has is not counted', () => {
  const events = [said('local', 'web', 'accepted'), said('local', 'old', 'accepted')];
  expect(counted(events, [delivery('local', 'web')])).toMatchObject({ accepted: 1, unseen: 0 });
});

test('proxies of two targets with the same id are two', () => {
  const events = [said('east', 'web', 'accepted'), said('west', 'web', 'unseen')];
  const both = [delivery('east', 'web'), delivery('west', 'web')];
  expect(counted(events, both)).toMatchObject({ accepted: 1, unseen: 1 });
});

test('a proxy that accepted one stage and gives no answer in the next one is silent', () => {
  const events = [
    said('local', 'a', 'accepted'),
    said('local', 'b', 'accepted'),
    stage('local'),
    said('local', 'a', 'accepted'),
  ];
  const both = [delivery('local', 'a', 'b')];
  expect(counted(events, both, exit.unaccepted)).toMatchObject({ accepted: 1, silent: 1 });
  // Only a run that ends for want of answers has waited for them.
  expect(counted(events, both)).toMatchObject({ accepted: 1, silent: 0 });
});
