import { parentPort, workerData } from 'node:worker_threads';
import { computeSha256With } from '../core/lib/sha256.ts';
import type { Answer, Request, Start } from './file-writer.ts';
import { platformSha256 } from './platform-sha256.ts';
import { stampsOf, writeBatch } from './write-batch.ts';

/** Runs in the thread of `fileWriter` and answers each request. */
const { root, progress } = workerData as Start;
computeSha256With(platformSha256);
parentPort?.on('message', (request: Request) => {
  parentPort?.postMessage(answer(request));
});

function answer(request: Request): Answer {
  try {
    if (request === 'end') return { stamps: stampsOf(root, progress) };
    writeBatch(root, request, progress);
    return {};
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}
