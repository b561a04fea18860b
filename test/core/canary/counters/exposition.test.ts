import { describe, expect, test } from 'vitest';
import { readExposition } from '../../../../src/core/canary/counters/exposition.ts';

const read = (text: string, ...metrics: readonly string[]) => readExposition(text, new Set(metrics));

describe('the Prometheus exposition format', () => {
  test('the example of its documentation: labels, escapes, times, infinities', () => {
    const text = [
      '# HELP http_requests_total The total number of HTTP requests.',
      '# TYPE http_requests_total counter',
      'http_requests_total{method="post",code="200"} 1027 1395066363000',
      'http_requests_total{method="post",code="400"}    3 1395066363000',
      '',
      '# Escaping in label values:',
      'msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9',
      'metric_without_timestamp_and_labels 12.47',
      'something_weird{problem="division by zero"} +Inf -3982045',
      'http_request_duration_seconds_bucket{le="+Inf"} 144320',
      '',
    ].join('\n');
    expect(
      read(
        text,
        'http_requests_total',
        'msdos_file_access_time_seconds',
        'metric_without_timestamp_and_labels',
        'something_weird',
      ),
    ).toEqual([
      { metric: 'http_requests_total', labels: { method: 'post', code: '200' }, value: 1027 },
      { metric: 'http_requests_total', labels: { method: 'post', code: '400' }, value: 3 },
      {
        metric: 'msdos_file_access_time_seconds',
        labels: { path: 'C:\\DIR\\FILE.TXT', error: 'Cannot find file:\n"FILE.TXT"' },
        value: 1.458255915e9,
      },
      { metric: 'metric_without_timestamp_and_labels', labels: {}, value: 12.47 },
      { metric: 'something_weird', labels: { problem: 'division by zero' }, value: Infinity },
    ]);
  });

  test('OpenMetrics: exemplars, the end mark, a trailing comma', () => {
    const text =
      'foo_bucket{le="10",} 17 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67\nfoo_total 3\n# EOF\n';
    expect(read(text, 'foo_bucket', 'foo_total')).toEqual([
      { metric: 'foo_bucket', labels: { le: '10' }, value: 17 },
      { metric: 'foo_total', labels: {}, value: 3 },
    ]);
  });

  test('NaN is a value, which whoever uses it has to refuse', () => {
    expect(read('a NaN\n', 'a')).toEqual([{ metric: 'a', labels: {}, value: NaN }]);
  });

  test('a label `__proto__` is a label', () => {
    const [sample] = read('a{__proto__="x"} 1\n', 'a') as readonly { labels: Record<string, string> }[];
    expect(Object.entries(sample?.labels ?? {})).toEqual([['__proto__', 'x']]);
  });

  test.each([
    ['a text that was cut off', 'a 1\na 2'],
    ['a value that is no number', 'a one\n'],
    ['no value', 'a{b="c"}\n'],
    ['labels that do not end', 'a{b="c" 1\n'],
    ['a value without quotes', 'a{b=c} 1\n'],
    ['the same label twice', 'a{b="c",b="d"} 1\n'],
    ['text after the value', 'a 1 2 3\n'],
    ['hexadecimal', 'a 0x10\n'],
  ])('%s makes the text unusable', (_, text) => {
    expect(read(text, 'a')).toMatchObject({ cause: 'counters' });
  });

  test('the same series twice would count each request twice', () => {
    expect(read('a{b="1",c="2"} 1\na{c="2",b="1"} 1\n', 'a')).toMatchObject({ cause: 'series' });
  });

  test('lines of other metrics are passed over, whatever is in them', () => {
    expect(read('ab{ 1\na 1\n\u0000\u0001\nb c d e\n', 'a')).toEqual([{ metric: 'a', labels: {}, value: 1 }]);
  });
});
