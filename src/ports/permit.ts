/**
 * Asks for leave right before a write. Resolves with the milliseconds that the write may take; rejects if the lock of
 * the output was lost, or leaves too little time.
 */
export type Permit = () => Promise<number>;
