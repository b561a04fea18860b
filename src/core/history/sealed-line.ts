import { sha256 } from '../lib/sha256.ts';

const sumLength = 16;

/** Returns a line of a journal: a checksum, and a value as JSON. */
export function sealedLine(value: object): string {
  const text = JSON.stringify(value);
  return `${sha256(text).slice(0, sumLength)} ${text}\n`;
}

/** Returns the JSON of a line of a journal; undefined if the line is torn or was changed. */
export function openedLine(line: string): string | undefined {
  const body = line.slice(sumLength + 1);
  return body === '' || sha256(body).slice(0, sumLength) !== line.slice(0, sumLength) ? undefined : body;
}
