import { resolve } from 'node:path';
import { applyPublish, type PublishPlan, planPublish, refusePublish } from '../../ops/author/publish-pack.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { publishSpec } from '../specs/publish.ts';
import { formatArguments } from '../views/format-value.ts';
import { viewPublication } from '../views/publishing.ts';

export const runPublish: RunCommand<typeof publishSpec> = async ({ flags, positionals }, context) => {
  const ports = await openAuthorPorts(context);
  const { signal, workingDirectory } = context;
  const { registry, tag, access, sign, otp, 'dry-run': isDryRun } = flags;
  const directory = resolve(workingDirectory, positionals[0] ?? '.');
  const planned = await planPublish(
    { directory, signal, isPreview: isDryRun, ...definedOnly({ registry, tag, access, sign, otp }) },
    ports,
  );
  const { plan } = planned;
  const isPublished = plan.passes && !isDryRun;
  if (isPublished) await applyPublish(planned, { signal });
  return {
    data: { ...plan, published: isPublished },
    view: (terminal) => viewPublication(plan, { isDryRun, terminal }),
    ...(plan.passes ? {} : { failure: refusePublish(plan) }),
    next: isPublished
      ? nextAfter(plan, ports)
      : [['packs publish', ...positionals, `--registry ${registry ?? plan.registry?.name ?? 'WHERE'}`].join(' ')],
  };
};

/** A registry that the settings do not name is not looked into. */
function nextAfter({ id, registry }: PublishPlan, { places }: Pick<Ports, 'places'>): string[] {
  const show = `packs show ${id} --versions`;
  if (registry === undefined || places.registries.some(({ name }) => name === registry.name)) return [show];
  const setting = `{ type = "${registry.kind}", url = ${JSON.stringify(registry.location)} }`;
  return [formatArguments(['packs', 'config', 'set', 'registries.NAME', setting]), show];
}
