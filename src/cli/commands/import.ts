import { resolve } from 'node:path';
import { applyImport, planImport } from '../../ops/import-pack.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { importSpec } from '../specs/publish.ts';
import { viewImport } from '../views/bundles.ts';

export const runImport: RunCommand<typeof importSpec> = async ({ flags, positionals }, context) => {
  const ports = await openAuthorPorts(context);
  const { workingDirectory, signal } = context;
  const { integrity, verify: isCheckOnly } = flags;
  const [given = ''] = positionals;
  const file = resolve(workingDirectory, given);
  const planned = await planImport({ file, ...definedOnly({ integrity }) }, { ...ports, tools: ports.signer.tools });
  const stored = isCheckOnly ? [] : await applyImport(planned, ports, { signal });
  const { plan } = planned;
  return {
    data: { plan, integrity: planned.integrity, imported: stored },
    view: (terminal) => viewImport({ plan, integrity: planned.integrity, isCheckOnly, stored: stored.length }, terminal),
    next: isCheckOnly ? [`packs import ${given}`] : plan.requests.map((id) => `packs generate ${id} DIR`),
  };
};
