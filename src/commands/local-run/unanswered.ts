import type { Ir } from '../../core/ir/ir.ts';
import { standIns } from '../../core/local-run/stand-ins.ts';
import type { LocalListeners } from '../../ports/local-listeners.ts';

/** The most applications that a hint names. */
const most = 3;

/**
 * Returns a line about applications on this machine at whose address nobody listens; undefined if there are none. A
 * stand-in counts as an application.
 */
export async function unanswered(
  meshes: readonly Pick<Ir, 'services'>[],
  listeners: Pick<LocalListeners, 'isTaken'>,
): Promise<string | undefined> {
  const missing: string[] = [];
  for (const { service, address } of meshes.flatMap((ir) => standIns(ir, true)))
    if (!(await listeners.isTaken(address)))
      missing.push(`${address.host}:${String(address.port)} (${service.replace(/^default\//, '')})`);
  if (missing.length === 0) return undefined;
  const more = missing.length > most ? ` and ${String(missing.length - most)} more` : '';
  return `Nobody listened at ${missing.slice(0, most).join(', ')}${more}: start what answers there, or run mesh up --services, which answers in its place`;
}
