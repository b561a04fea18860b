import type { Unreadable } from '../../evidence/unreadable.ts';
import { readNumber } from './read-number.ts';
import type { Sample } from './sample.ts';

/**
 * Reads the samples of some metrics from a text in the Prometheus exposition format 0.0.4 or in OpenMetrics 1.0.
 * Ignores lines of other metrics. Returns `Unreadable` if a line of these metrics breaks the format, if a series occurs
 * twice, or if the text is cut off.
 */
export function readExposition(text: string, metrics: ReadonlySet<string>): readonly Sample[] | Unreadable {
  if (text !== '' && !text.endsWith('\n')) return unusable('its last line is cut off');
  const samples: Sample[] = [];
  const seen = new Set<string>();
  let [start, number] = [0, 0];
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    number++;
    const name = nameAt(text, start, end);
    if (metrics.has(name)) {
      const line = text.slice(start, end).replace(/\r$/, '');
      const sample = readLine(line, name);
      if (sample === undefined) return unusable(`its line ${String(number)} is no sample of ${name}`);
      const identity = JSON.stringify([name, Object.entries(sample.labels).sort()]);
      if (seen.has(identity)) return unusable(`it has the same series of ${name} twice`, 'series');
      seen.add(identity);
      samples.push(sample);
    }
    start = end + 1;
  }
  return samples;
}

/** Returns the name that a line begins with; empty for comments and blank lines. */
function nameAt(text: string, start: number, end: number): string {
  let at = start;
  while (at < end && isNamePart(text.charCodeAt(at))) at++;
  return text.slice(start, at);
}

function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 95
  );
}

const label = /([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(?:,[ \t]*|(?=\}))/y;

/** A value, a time, and an exemplar of OpenMetrics, after the labels. */
const rest = /^[ \t]*([^ \t{]+)(?:[ \t]+-?[0-9.eE+]+)?[ \t]*(?:# \{.*)?$/;

function readLine(line: string, metric: string): Sample | undefined {
  const read = readLabels(line, metric.length);
  if (read === undefined) return undefined;
  const value = rest.exec(line.slice(read.end))?.[1];
  if (value === undefined) return undefined;
  const number = readNumber(value);
  return Number.isNaN(number) && value !== 'NaN' ? undefined : { metric, labels: read.labels, value: number };
}

/** Reads the labels after the name of a metric, if there are any, up to `end`. */
function readLabels(
  line: string,
  start: number,
): { readonly labels: Sample['labels']; readonly end: number } | undefined {
  const labels: Record<string, string> = {};
  const open = /[ \t]*\{[ \t]*/y;
  open.lastIndex = start;
  if (!open.test(line)) return { labels, end: start };
  let at = open.lastIndex;
  for (;;) {
    label.lastIndex = at;
    const [all, name = '', value = ''] = label.exec(line) ?? [];
    if (all === undefined) break;
    if (Object.hasOwn(labels, name)) return undefined;
    // A name such as `__proto__` becomes a field, too.
    Object.defineProperty(labels, name, { value: unescaped(value), enumerable: true });
    at += all.length;
  }
  return line[at] === '}' ? { labels, end: at + 1 } : undefined;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

function unusable(why: string, cause: Unreadable['cause'] = 'counters'): Unreadable {
  return { cause, why };
}
