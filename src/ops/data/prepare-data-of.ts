import { usesData } from '../../core/data/pack-data.ts';
import type { DataPorts, PrepareDataRequest, PreparedData } from './prepare-data.ts';

/** As `prepareData`. Most packs have no data: what reads it is loaded only for those that have. */
export async function prepareDataOf(request: PrepareDataRequest, ports: DataPorts): Promise<PreparedData> {
  if (!request.facts.packs.some(usesData)) return { facts: new Map(), read: [], warnings: [] };
  const { prepareData } = await import('./prepare-data.ts');
  return prepareData(request, ports);
}
