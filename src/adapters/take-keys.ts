/** Keys that a terminal in raw mode no longer turns into signals. */
const signals: Readonly<Record<string, NodeJS.Signals>> = {
  '\u0003': 'SIGINT',
  '\u001c': 'SIGQUIT',
  '\u001a': 'SIGTSTP',
};

/**
 * Reads the keys of a terminal and drops them, so that the terminal doesn't echo them into a view that is redrawn.
 * Sends the signals of Ctrl-C, Ctrl-\ and Ctrl-Z to the process. Returns a function that gives the keys back.
 */
export function takeKeys(input: NodeJS.ReadStream): () => void {
  const onKeys = (keys: Buffer): void => {
    for (const key of keys.toString('latin1')) {
      const signal = signals[key];
      if (signal === undefined) continue;
      // A stopped process must not keep its shell from reading lines.
      if (signal === 'SIGTSTP') input.setRawMode(false);
      process.kill(process.pid, signal);
    }
  };
  const onContinue = (): void => void input.setRawMode(true);
  input.setRawMode(true);
  input.on('data', onKeys);
  process.on('SIGCONT', onContinue);
  return () => {
    process.off('SIGCONT', onContinue);
    input.off('data', onKeys);
    input.setRawMode(false);
    input.pause();
  };
}
