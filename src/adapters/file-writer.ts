import { Worker } from 'node:worker_threads';
import type { CompiledFile, CompiledLink } from '../ports.ts';
import { type Batch, writeBatch } from './write-batch.ts';

/** Writes new files below a folder. */
export interface FileWriter {
  /** Resolves when more can be taken, which may be before it is written. */
  write(batch: Batch): Promise<void>;
  /** Resolves when all is written; rejects with the first error. */
  end(): Promise<void>;
}

/** From so many characters on a second thread writes, while the first goes on compiling. */
const worthAThread = 4_000_000;

/** So many characters are gathered before they are handed over, and so many batches wait at most. */
const batchSize = 1_000_000;
const mostWaiting = 8;

/** Writes little in this thread and the rest in another, which digests and fills in the texts too. */
export function fileWriter(root: string): FileWriter {
  const made = new Set<string>();
  let written = 0;
  let background: FileWriter | undefined;
  return {
    async write(batch) {
      if (written < worthAThread) {
        written += sizeOf(batch);
        writeBatch(root, batch, made);
        return;
      }
      background ??= backgroundWriter(root);
      await background.write(batch);
    },
    end: async () => background?.end(),
  };
}

function backgroundWriter(root: string): FileWriter {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./file-writer-thread.${extension}`, import.meta.url), {
    workerData: root,
  });
  let gathered = nothing();
  let size = 0;
  let waiting = 0;
  let failed: Error | undefined;
  let wake: () => void = () => undefined;
  worker.on('message', (code: string | null) => {
    waiting -= 1;
    if (code !== null) failed ??= Object.assign(new Error(`the output can't be written (${code})`), { code });
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
    worker.postMessage(gathered);
    gathered = nothing();
    size = 0;
  };
  return {
    async write(batch) {
      gathered.files.push(...batch.files);
      gathered.links.push(...batch.links);
      size += sizeOf(batch);
      if (size < batchSize) return;
      send();
      await until(mostWaiting);
    },
    async end() {
      try {
        send();
        await until(0);
      } finally {
        await worker.terminate();
      }
    },
  };
}

function nothing() {
  return { files: [] as CompiledFile[], links: [] as CompiledLink[] };
}

function sizeOf({ files }: Batch): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}
