import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../../schemas/output/plan.json' with { type: 'json' };
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { readStored } from '../history/read-stored.ts';
import { type SavedPlan, withId } from './saved-plan.ts';

/**
 * Reads a saved plan and checks its form and id, since the file may come from anywhere. Throws PortError(1) if the plan
 * is damaged or a newer major version wrote it.
 */
export function readSavedPlan(file: string, text: string): SavedPlan {
  const value: unknown = readStored(file, text);
  const validate = new Ajv2020({ strict: false, meta: false, validateSchema: false }).compile(schema);
  if (!validate(value)) {
    const [{ instancePath, message } = { instancePath: '', message: '' }] = validate.errors ?? [];
    throw new PortError(
      `${file} is not a plan of mesh: ${instancePath || 'its top level'} ${message ?? ''}`,
      exit.failed,
    );
  }
  const plan = value as unknown as Partial<SavedPlan>;
  if (plan.checks === undefined || plan.expires === undefined) {
    throw new PortError(
      `${file} is the report of a plan: only what mesh plan --out writes is a plan`,
      exit.failed,
    );
  }
  const saved = plan as SavedPlan;
  if (withId(saved).planId !== saved.planId)
    throw new PortError(
      `${file} is damaged: its content does not match its plan id; make a new plan with 'mesh plan --out'`,
      exit.failed,
    );
  return saved;
}
