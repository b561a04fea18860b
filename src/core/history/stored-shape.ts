/** The shape of a stored value; a field whose name ends in `?` may be absent. */
export type Shape =
  | 'string'
  | 'number'
  | readonly ['map' | 'list', Shape]
  | { readonly [field: string]: Shape };

const texts = ['list', 'string'] as const;

/** The state of an output. */
export const stateShape = {
  inventory: 'string',
  epoch: 'number',
  'applied?': 'string',
  proxies: ['map', { seen: 'string' }],
  certificates: [
    'map',
    { subject: 'string', fingerprint: 'string', issued: 'string', expires: 'string', 'roots?': 'string' },
  ],
  'owned?': ['map', texts],
  'renewed?': 'string',
  'trust?': {
    phase: 'string',
    'rotation?': 'string',
    since: 'string',
    roots: texts,
    'issuer?': 'string',
    evidence: texts,
  },
  'hold?': { id: 'string', since: 'string', by: 'string', entry: 'string', compiled: 'string' },
} as const satisfies Shape;

/** An entry of the history. */
export const entryShape = {
  id: 'string',
  'epoch?': 'number',
  command: 'string',
  started: 'string',
  'finished?': 'string',
  outcome: 'string',
  actor: 'string',
  tool: 'string',
  digests: { spec: 'string', compiled: 'string' },
  planId: 'string',
  counts: ['map', 'number'],
  objects: ['list', { ref: 'string', op: 'string', result: 'string' }],
  'parent?': 'string',
  'rollbackOf?': 'string',
  snapshot: 'string',
  'unchanged?': { times: 'number', last: 'string' },
} as const satisfies Shape;

/** The record of a Rollout. */
export const rolloutShape = {
  rollout: 'string',
  from: 'string',
  to: 'string',
  judged: 'string',
  attempt: 'number',
  state: 'string',
  step: 'number',
  weights: ['map', 'number'],
  began: 'string',
  changed: 'string',
  'reason?': 'string',
  'runner?': { id: 'string', holder: 'string', epoch: 'number' },
  'paused?': 'number',
  'pausedSince?': 'string',
  'passed?': 'number',
  'deadlineFrom?': 'number',
  wishes: ['list', { action: 'string', by: 'string', at: 'string' }],
} as const satisfies Shape;

/** The last look of a guard. */
export const guardShape = {
  seen: 'string',
  every: 'number',
  by: 'string',
} as const satisfies Shape;

/** Returns the path of the first part of a value that doesn't have the shape; undefined if the whole value has it. */
export function misfit(value: unknown, shape: Shape, path = ''): string | undefined {
  if (typeof shape === 'string') return typeof value === shape ? undefined : path;
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null || isList !== (Array.isArray(shape) && shape[0] === 'list'))
    return path;
  const named = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const parts: readonly (readonly [string, unknown, Shape])[] = isShared(shape)
    ? Object.entries(value).map(([name, part]) => [name, part, shape[1]])
    : Object.entries(shape).flatMap(([field, of]) => {
        const name = field.replace(/\?$/, '');
        const part = (value as Readonly<Record<string, unknown>>)[name];
        return part === undefined && name !== field ? [] : [[name, part, of] as const];
      });
  for (const [name, part, of] of parts) {
    const found = misfit(part, of, named(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isShared(shape: Exclude<Shape, string>): shape is readonly ['map' | 'list', Shape] {
  return Array.isArray(shape);
}
