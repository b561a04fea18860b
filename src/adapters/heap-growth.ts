import { setFlagsFromString } from 'node:v8';

/** The newest release of Node.js that is known to have the flag; V8 prints an error for a flag that it doesn't have. */
const newest = 26;

/**
 * Lets the heap grow to twice the size of what is in use before V8 collects garbage. By default V8 waits until the heap
 * is up to four times as large, so that a large mesh takes much more memory in no less time.
 */
export function limitHeapGrowth(release = process.versions.node): void {
  if (Number.parseInt(release, 10) <= newest) setFlagsFromString('--heap-growing-percent=100');
}

/**
 * Keeps the part of the heap for new objects as large as it is. V8 would let it grow to 48 MB while many answers of a
 * server are read, most of which are kept anyhow; the processor time stays the same.
 */
export function limitYoungHeap(release = process.versions.node): void {
  if (Number.parseInt(release, 10) <= newest) setFlagsFromString('--semi-space-growth-factor=1');
}
