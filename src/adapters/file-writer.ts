import { Worker } from 'node:worker_threads';
import { append } from '../core/lib/append.ts';
import type { CompiledFile, CompiledLink } from '../ports/compiled-folder.ts';
import { type Batch, type Progress, stampsOf, writeBatch } from './write-batch.ts';

/** Writes new files below a folder. */
export interface FileWriter {
  /** Resolves when the writer can take more; the files may not be written yet. */
  write(batch: Batch): Promise<void>;
  /** Resolves with a stamp of all files once they are written; rejects with the first error. */
  end(): Promise<string>;
  /** Stops writing at once; nothing is written after it resolves. */
  stop(): Promise<unknown>;
}

/** The data that the thread gets at its start. */
export interface Start {
  readonly root: string;
  readonly progress: Progress;
}

/** A request to the thread: a batch to write, or the final request for the stamps. */
export type Request = Batch | 'end';

/** The thread's answer to a request: stamps (empty for a batch), or the code of an error. */
export type Answer = { readonly code?: string } | { readonly stamps: string };

/** The number of characters above which a second thread writes while the first continues to compile. */
const worthAThread = 4_000_000;

/** The number of characters in a batch. */
const batchSize = 1_000_000;
const mostWaiting = 4;

/**
 * Returns a writer that writes little output in this thread, and more output in a second thread, which also digests and
 * completes the texts.
 */
export function fileWriter(root: string): FileWriter {
  const progress: Progress = { folders: new Set(), stamps: [] };
  let written = 0;
  let background: FileWriter | undefined;
  return {
    async write(batch) {
      if (written < worthAThread) {
        written += sizeOf(batch);
        writeBatch(root, batch, progress);
        return;
      }
      background ??= backgroundWriter(root, progress);
      await background.write(batch);
    },
    end: async () => background?.end() ?? stampsOf(root, progress),
    stop: async () => background?.stop(),
  };
}

function backgroundWriter(root: string, progress: Progress): FileWriter {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./file-writer-thread.${extension}`, import.meta.url), {
    workerData: { root, progress } satisfies Start,
    // The thread keeps no text longer than a batch, so a large young generation would only waste memory.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  let gathered = nothing();
  let size = 0;
  let waiting = 0;
  let failed: Error | undefined;
  let wake: () => void = () => undefined;
  let stamps = '';
  worker.on('message', (answer: Answer) => {
    waiting -= 1;
    if ('stamps' in answer) stamps = answer.stamps;
    else if (answer.code !== undefined)
      failed ??= Object.assign(new Error(`the output can't be written (${answer.code})`), answer);
    wake();
  });
  worker.on('error', (error: Error) => {
    failed ??= error;
    waiting = 0;
    wake();
  });
  const until = async (most: number): Promise<void> => {
    while (waiting > most && failed === undefined)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    if (failed !== undefined) throw failed;
  };
  const send = (): void => {
    waiting += 1;
    worker.postMessage(gathered satisfies Request);
    gathered = nothing();
    size = 0;
  };
  return {
    async write(batch) {
      append(gathered.files, batch.files);
      append(gathered.links, batch.links);
      size += sizeOf(batch);
      if (size < batchSize) return;
      send();
      await until(mostWaiting);
    },
    async end() {
      try {
        send();
        waiting += 1;
        worker.postMessage('end' satisfies Request);
        await until(0);
        return stamps;
      } finally {
        await worker.terminate();
      }
    },
    stop: () => worker.terminate(),
  };
}

function nothing() {
  return { files: [] as CompiledFile[], links: [] as CompiledLink[] };
}

function sizeOf({ files }: Batch): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}
