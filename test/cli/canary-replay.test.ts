import { describe, expect, test } from 'vitest';
import { rolloutMesh, streamText } from './canary-streams.ts';
import { Repository } from './repository.ts';

const replay = ['canary', 'replay', '--rollout', 'shop/reviews-v2'];

const healthy = streamText({ rps: 100, length: 660 });
const broken = streamText({ rps: 100, length: 660, worse: () => 25 });

function repository(files: Readonly<Record<string, string>> = {}): Repository {
  return new Repository({ 'mesh.yaml': rolloutMesh, ...files });
}

interface Answer {
  readonly stream?: string;
  readonly verdict: string;
  readonly at: number;
  readonly reason: { readonly code: string };
}

function judged(text: string, ...more: readonly string[]) {
  const ran = repository({ 's.ndjson': text }).mesh([...replay, '--stream', 's.ndjson', ...more]);
  return { exitCode: ran.code, ...(JSON.parse(ran.out) as Answer) };
}

describe('one stream', () => {
  test('a healthy candidate passes after ten minutes, exit code 0', () => {
    const answer = judged(healthy, '--format', 'json');
    expect(answer).toMatchObject({ exitCode: 0, verdict: 'pass', at: 600, reason: { code: 'accepted' } });
  });

  test('a candidate with 25 times the errors fails within a minute, exit code 10', () => {
    const answer = judged(broken, '--format', 'json');
    expect(answer).toMatchObject({ exitCode: 10, verdict: 'fail', reason: { code: 'fast' } });
    expect(answer.at).toBeLessThanOrEqual(60);
  });

  test('a stream whose end comes too early is inconclusive, exit code 11', () => {
    const answer = judged(streamText({ rps: 100, length: 300 }), '--format', 'json');
    expect(answer).toMatchObject({
      exitCode: 11,
      verdict: 'inconclusive',
      at: 300,
      reason: { code: 'power' },
    });
  });

  test('a source that fails ends blind, never in a rollback', () => {
    const lines = broken.split('\n').slice(0, 12);
    const failed = Array.from({ length: 40 }, (_, index) =>
      JSON.stringify({ t: 15 * (index + 1), failed: true }),
    );
    const answer = judged([...lines, ...failed, ''].join('\n'), '--format', 'json');
    expect(answer).toMatchObject({ exitCode: 11, verdict: 'blind', at: 600, reason: { code: 'source' } });
  });

  test('the text says the verdict, the reason and the numbers', () => {
    const { out } = repository({ 's.ndjson': broken }).mesh([...replay, '--stream', 's.ndjson']);
    expect(out).toMatch(/^fail \(fast\) after \d+ s: the candidate fails at least 3 times as often/);
    expect(out).toMatch(/candidate {2}\d+ requests, \d+ bad/);
  });

  test('standard input is a stream, too', () => {
    const ran = repository().mesh([...replay, '--stream', '-', '--format', 'json'], { input: healthy });
    expect(JSON.parse(ran.out)).toMatchObject({ verdict: 'pass' });
  });
});

describe('many streams', () => {
  test('are answered with a line each, in their order, with the names', () => {
    const text = `{"stream":"good"}\n${healthy}{"stream":"bad"}\n${broken}{"stream":"empty"}\n`;
    const ran = repository({ 'b.ndjson': text }).mesh([...replay, '--batch', 'b.ndjson', '--format', 'json']);
    const answers = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers.map(({ stream, verdict }) => [stream, verdict])).toEqual([
      ['good', 'pass'],
      ['bad', 'fail'],
      ['empty', 'inconclusive'],
    ]);
    expect(ran.code).toBe(0);
  });

  test('a bad line takes out its stream alone', () => {
    const text = `{"stream":"bad"}\n{"t":0}\n${broken}{"stream":"good"}\n${healthy}`;
    const ran = repository({ 'b.ndjson': text }).mesh([...replay, '--batch', 'b.ndjson']);
    expect(ran.code).toBe(3);
    expect(ran.error).toContain('b.ndjson:2:1 error MESH6010');
    expect(ran.out.trim().split('\n')).toHaveLength(1);
  });
});

describe('bad input', () => {
  test.each([
    ['{"t":0,"weight":10}\n{"t":1,"arm":"x"}\n', '2:8', 'has to be "baseline" or "candidate"'],
    ['{"t":0,"weight":101}\n', '1:8', 'in per cent, from 0 to 100'],
    ['{"t":0,,}\n', '1:8', 'is no JSON object'],
    ['{"t":0,"weight":10\n', '1:19', 'is no JSON object'],
    ['[]\n', '1:1', 'is no JSON object'],
    ['{"t":-1,"weight":10}\n', '1:2', 'the seconds since the attempt began'],
    [
      '{"t":0,"arm":"candidate","instance":"a","requests":"1","errors":0}\n',
      '1:41',
      '`requests` has to be a number',
    ],
    ['{"stream":"a"}\n', '1:1', 'is given with --batch'],
  ])('%s is told with its place', (text, place, words) => {
    const ran = repository({ 's.ndjson': text }).mesh([...replay, '--stream', 's.ndjson']);
    expect(ran.error).toContain(`s.ndjson:${place} error MESH6010`);
    expect(ran.error.replace(/\s+/g, ' ')).toContain(words);
    expect(ran.code).toBe(3);
    expect(ran.out).toBe('');
  });

  test('options that contradict each other or are missing are told', () => {
    const run = (...args: readonly string[]) => repository().mesh(['canary', 'replay', ...args]);
    expect(run('--stream', 'a')).toMatchObject({ code: 64 });
    expect(run('--rollout', 'shop/reviews-v2')).toMatchObject({ code: 64 });
    expect(run('--rollout', 'shop/reviews-v3', '--stream', 'a').error).toContain(
      'did you mean "shop/reviews-v2"?',
    );
  });
});
