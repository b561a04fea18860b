/** Ends the process group that a process leads; a group that has already ended is no error. */
export function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The whole group has already ended.
  }
}
