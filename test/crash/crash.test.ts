import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killedAt, type Moment, moments, whyNot } from './killed.ts';
import { remembered, served } from './remembered.ts';
import { ShownProxies } from './shown-proxies.ts';
import { World } from './world.ts';

/**
 * The test tries every moment whose number is a multiple of this step; with `CRASH=all` every moment (`npm run
 * test:crash`).
 */
const step = process.env['CRASH'] === 'all' ? 1 : 17;

let world: World;
let proxies: ShownProxies;

beforeAll(async () => {
  proxies = await ShownProxies.start(2);
  world = await World.made(proxies.addresses);
  proxies.output = world.output;
  world.keep('nothing');
  world.expectSuccess(await world.mesh(['apply', '--yes']));
  world.keep('first');
  world.go('second');
  world.keep('to second');
  world.expectSuccess(await world.mesh(['apply', '--yes']));
  world.keep('second');
}, 120_000);
afterAll(async () => {
  world.dispose();
  await proxies.stop();
});

interface Journey {
  readonly name: string;
  readonly from: string;
  readonly words: readonly string[];
}

const journeys: readonly Journey[] = [
  { name: 'a first apply', from: 'nothing', words: ['apply', '--yes'] },
  { name: 'an apply', from: 'to second', words: ['apply', '--yes'] },
  { name: 'a rollback', from: 'second', words: ['rollback', '--yes', '--allow-prune-percent', '100'] },
];

const reason = whyNot();
if (reason !== undefined) console.warn(reason);

describe.skipIf(reason !== undefined).each(journeys)('$name that kill -9 ends', ({ from, words }) => {
  let all: readonly Moment[];
  let whole: ReturnType<typeof remembered>;
  let begun: number;
  let before: ReturnType<typeof served>;
  beforeAll(async () => {
    world.putBack(from);
    before = existsSync(world.output) ? served(world.output) : {};
    begun = journals();
    all = await moments(world, words);
    whole = remembered(world.output);
  }, 60_000);

  test('ends at any moment, after a resume, as without the kill', { timeout: 3_600_000 }, async () => {
    expect(all.length).toBeGreaterThan(60);
    let [killed, missed] = [0, 0];
    for (let i = 0; i < all.length; i += step) {
      const moment = all[i] as Moment;
      const where = `${moment.call} ${moment.at}`;
      world.putBack(from);
      const ran = await killedAt(world, words, moment);
      // The counted run was slower and had more heartbeats than this one.
      if (ran.code === 0 && ++missed <= 3) continue;
      expect(ran.signal === 'SIGKILL' || ran.code === 137, `${where}: ${ran.code} ${ran.error}`).toBe(true);
      killed++;
      expectWhole(where);
      const isRecorded = journals() > begun;
      const resumed = await world.mesh(['apply', '--resume', '--yes']);
      expect(resumed.code, `${where}: ${resumed.error}`).toBe(0);
      // A rollback that was not recorded never began.
      if (words[0] === 'rollback' && !isRecorded) expect(served(world.output), where).toEqual(before);
      else expect(remembered(world.output), where).toEqual(whole);
    }
    console.log(`${words[0] ?? ''} from ${from}: killed at ${killed} of ${all.length} moments`);
  });
});

/** Returns the highest epoch with a journal. */
function journals(): number {
  const folder = path.join(world.output, '.mesh');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return Math.max(0, ...names.map((name) => Number(/^journal\.(\d+)$/.exec(name)?.[1] ?? 0)));
}

/** Expects that proxies read one whole revision, or none. */
function expectWhole(where: string): void {
  const link = path.join(world.output, 'config/current');
  const target = existsSync(link) ? readlinkSync(link) : undefined;
  if (target === undefined) return;
  const pointer = JSON.parse(world.read(`.mesh/revisions/${path.basename(target)}.json`));
  for (const file of Object.keys(pointer.files))
    expect(() => world.read(file), `${where}: ${file}`).not.toThrow();
  expect(existsSync(path.join(world.output, 'secrets/current')), where).toBe(true);
}
