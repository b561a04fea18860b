import { PortError } from '../../../ports/port-error.ts';
import { timeLeft } from '../judge/time-left.ts';
import type { RolloutRecord } from '../record/rollout-record.ts';
import { continueAttempt, passGate, stopAttempt, strongestCommand } from './attempt.ts';
import { AttemptWriter } from './attempt-writer.ts';
import { type Move, nextMove } from './next-move.ts';
import { type RunEnd, replaced } from './run-end.ts';
import type { RunnerWorld, TakenAttempt } from './runner-world.ts';

/**
 * Runs an attempt until it ends, another runner takes it over, or a signal comes. Continues the attempt of an earlier
 * runner from its record and its journal.
 */
export async function runRollout(taken: TakenAttempt, world: RunnerWorld): Promise<RunEnd> {
  const writer = await AttemptWriter.open(taken, world);
  try {
    return (await takeUp(writer)) ?? (await loop(writer));
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return await writer.stop(error.message);
  }
}

/** Milliseconds between two signs of life. */
const heartbeat = 10_000;

/** Finishes the last action of an earlier runner. */
async function takeUp(writer: AttemptWriter): Promise<RunEnd | undefined> {
  const { state, step, reason = 'it was aborted' } = writer.record;
  writer.show();
  if (state === 'rolling-back') return writer.rollBack(reason);
  const { climb } = writer.progress;
  // A hold, a signal or a guard may have lowered the weights since, or a step may have reached some services only.
  const { services, steps } = writer.rollout;
  const isInForce =
    step < 0 || services.every((service) => writer.record.weights[service] === steps[step]?.weight);
  if (!isInForce) await writer.noteWeights();
  // The journal has the decision for the next step, and the record doesn't have the step yet.
  if (climb.awaiting !== undefined && climb.step > step) return writer.writeStep(climb.step);
  if (step < 0) return undefined;
  return isInForce && writer.progress.written >= step ? undefined : writer.writeStep(step);
}

async function loop(writer: AttemptWriter): Promise<RunEnd> {
  const { world, runner } = writer;
  const { attempt } = writer.record;
  const told: Told = {};
  for (;;) {
    if (world.signal.aborted) return writer.leave();
    const found = await world.record();
    if (found?.runner?.id !== runner.id || found.attempt !== attempt) return replaced(found);
    writer.record = found;
    const end =
      (await takeWish(writer)) ??
      (writer.record.state === 'paused' ? undefined : await lookAndMove(writer, told));
    if (end !== undefined) return end;
    await rest(writer);
  }
}

/** The texts that were reported last, so that each is reported once. */
interface Told {
  verdict?: string;
  gate?: string;
}

async function lookAndMove(writer: AttemptWriter, told: Told): Promise<RunEnd | undefined> {
  if (writer.record.step >= 0) await look(writer, told);
  // Somebody may have changed the record during a slow reading.
  const move = nextMove(writer.rollout, writer.record, writer.progress, writer.t);
  switch (move.type) {
    case 'wait':
      return undefined;
    case 'gate':
      showGate(writer, `step ${String(move.step + 1)} waits for somebody: ${promotes(writer)}`, told);
      return undefined;
    case 'step':
      return goTo(writer, move, told);
    case 'promote':
      return promote(writer, move, told);
    case 'rollback':
    case 'hold': {
      const { verdict, reason: message = verdict.reason.message } = move;
      if (move.type === 'rollback') return writer.rollBack(message);
      return writer.hold(told.gate === undefined ? message : `${message}; ${told.gate}`);
    }
  }
}

/** Reads the counters, stores them, and only then judges. */
async function look(writer: AttemptWriter, told: Told): Promise<void> {
  const { world } = writer;
  const { t } = writer;
  const lines = await world.read(t);
  await writer.add(...lines, { t, reading: writer.now });
  const failed = lines.flatMap((line) => ('failed' in line ? [line.why ?? 'a reading failed'] : []))[0];
  const { verdict, progress } = writer;
  const { judge, climb } = progress;
  const { evidence, reason } = verdict;
  world.show({ type: 'observation', t, evidence, ...(failed !== undefined && { failed }) });
  const left = verdict.verdict === 'watching' ? timeLeft(judge, climb) : undefined;
  world.show({ type: 'verdict', verdict, ...(left !== undefined && { timeLeft: left }) });
  const since = progress.verdict?.since ?? t;
  // A later runner reports the same verdict again, with the same key.
  const transition = `verdict-${verdict.verdict}-${reason.code}-${String(since)}`;
  if (transition === told.verdict) return;
  told.verdict = transition;
  if (reason.code === 'share') {
    const moved = await world.moved?.();
    if (moved !== undefined) writer.show(moved);
  }
  world.tell({ on: 'verdict', key: writer.key(transition), record: writer.record, verdict });
}

function showGate(writer: AttemptWriter, detail: string, told: Told): void {
  if (told.gate === detail) return;
  told.gate = detail;
  writer.show(detail);
}

function promotes(writer: AttemptWriter): string {
  return `mesh canary promote ${writer.record.rollout}`;
}

async function goTo(
  writer: AttemptWriter,
  { step, isLate }: Extract<Move, { readonly type: 'step' }>,
  told: Told,
): Promise<RunEnd | undefined> {
  const unattended = await unattendedAt(writer, step);
  if (unattended !== undefined) {
    if (isLate) return writer.hold(`${unattended}, until the deadline`);
    showGate(writer, `step ${String(step + 1)} waits for a guard: ${unattended}`, told);
    return undefined;
  }
  const key = writer.key(`gate-${String(step)}`);
  const answer = await writer.world.ask({ on: 'step', key, record: writer.record }, isLate);
  if (answer === 'no') return writer.hold(`a gate refused step ${String(step + 1)}`);
  if (answer === 'unsure') {
    if (isLate) return writer.hold(unanswered);
    showGate(writer, `step ${String(step + 1)} waits for the yes of a gate`, told);
    return undefined;
  }
  delete told.gate;
  await writer.add({ t: writer.t, step });
  return writer.writeStep(step);
}

/** Returns the reason why the weight of a step must not be written now; undefined if there is none. */
async function unattendedAt({ world, rollout }: AttemptWriter, step: number): Promise<string | undefined> {
  const weight = rollout.steps[step]?.weight ?? 0;
  return weight > rollout.maxWeightUnattended ? world.unattended?.() : undefined;
}

const unanswered = 'a gate gave no answer by the deadline';

async function promote(
  writer: AttemptWriter,
  { isLate }: Extract<Move, { readonly type: 'promote' }>,
  told: Told,
): Promise<RunEnd | undefined> {
  const gate = { on: 'end', key: writer.key('gate-end'), record: writer.record } as const;
  const answer = await writer.world.ask(gate, isLate);
  if (answer === 'no') return writer.hold('a gate refused the promotion');
  if (answer === 'unsure') {
    if (isLate) return writer.hold(unanswered);
    showGate(writer, 'the promotion waits for the yes of a gate', told);
    return undefined;
  }
  return writer.promote();
}

/** Carries out the strongest command that somebody has left in the record; an abort ends the attempt. */
async function takeWish(writer: AttemptWriter): Promise<RunEnd | undefined> {
  const command = strongestCommand(writer.record.wishes);
  if (command === undefined) return undefined;
  if (command.action === 'abort') return writer.rollBack(`${command.by} aborted it`);
  const now = writer.world.clock.now();
  const changed = await writer.change(
    (record) => {
      const left = record.wishes.filter(({ at, action }) => at !== command.at || action !== command.action);
      const taken: RolloutRecord = { ...record, wishes: command.action === 'pause' ? [] : left };
      if (command.action === 'pause')
        return stopAttempt(taken, 'paused', `${command.by} paused it`, now.toISOString());
      const going = taken.state === 'paused' ? continueAttempt(taken, now) : taken;
      return command.action === 'resume'
        ? going
        : passGate(going, writer.rollout.steps.length, command.full === true);
    },
    { weights: false },
  );
  if (changed.state === 'unreachable') return writer.stop(changed.message);
  if (changed.state === 'left') return replaced(changed.record);
  if (changed.state === 'written') writer.record = changed.record;
  writer.show();
  return undefined;
}

/** Waits until the next reading, with signs of life. */
async function rest(writer: AttemptWriter): Promise<void> {
  const { world, rollout, record } = writer;
  const isReading = record.step >= 0 && record.state === 'running';
  let left = isReading ? rollout.judge.interval : heartbeat;
  while (left > 0 && !world.signal.aborted) {
    const part = Math.min(left, heartbeat);
    await world.clock.sleep(part, world.signal);
    left -= part;
    if (left > 0 || !isReading) await writer.add({ t: writer.t, alive: writer.now });
  }
}
