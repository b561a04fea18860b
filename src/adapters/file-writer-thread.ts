import { parentPort, workerData } from 'node:worker_threads';
import { computeSha256With } from '../core/lib/sha256.ts';
import { platformSha256 } from './platform-sha256.ts';
import { type Batch, writeBatch } from './write-batch.ts';

/** The thread of `fileWriter`: takes batches and answers each with nothing, or with the code of what went wrong. */
const made = new Set<string>();
computeSha256With(platformSha256);
parentPort?.on('message', (batch: Batch) => {
  let failed: string | null = null;
  try {
    writeBatch(workerData as string, batch, made);
  } catch (error) {
    failed = (error as NodeJS.ErrnoException).code ?? String(error);
  }
  parentPort?.postMessage(failed);
});
