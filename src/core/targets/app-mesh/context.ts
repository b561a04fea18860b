import type { Ir } from '../../ir/ir.ts';
import type { LowerContext } from '../target.ts';
import { type Nodes, nodesOf } from './nodes/nodes.ts';
import { type LoweringOptions, loweringOptions } from './options.ts';

/** Data that all objects of one mesh share. */
export interface Lowering {
  readonly ir: Ir;
  readonly options: LoweringOptions;
  readonly nodes: Nodes;
}

/** Returns the data that all objects of one mesh share. */
export function loweringOf(ir: Ir, context: Pick<LowerContext, 'options'>): Lowering {
  const options = loweringOptions(context);
  return { ir, options, nodes: nodesOf(ir, options) };
}
