import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import type { NodePorts } from '../../node-ports.ts';
import { applyPublish, type PlannedPublication, type PublishPlan, planPublish, refusePublish } from '../../ops/author/publish-pack.ts';
import { testPublication } from '../../ops/author/test-publication.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { openCommandConsent } from '../command-consent.ts';
import type { CommandInput } from '../command-spec.ts';
import { definedOnly } from '../defined-only.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { publishSpec } from '../specs/publish.ts';
import { viewPublication } from '../views/publishing.ts';

type Flags = CommandInput<typeof publishSpec>['flags'];

export const runPublish: RunCommand<typeof publishSpec> = async ({ flags, positionals }, context) => {
  const ports = await openAuthorPorts(context, { mayAsk: true });
  const { signal, workingDirectory } = context;
  const { registry, tag, access, sign, otp, 'dry-run': isDryRun } = flags;
  const directory = resolve(workingDirectory, positionals[0] ?? '.');
  checkFlags(flags);
  const judged = await planPublish({ directory, signal, isPreview: isDryRun, ...definedOnly({ registry, tag, access, sign, otp }) }, ports);
  const planned = flags['no-test'] ? judged : await tryCases(judged, { directory, flags, context, ports });
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

function checkFlags({ 'no-test': leavesOut, trust, 'skip-commands': skips }: Flags): void {
  if (trust && skips) throw new PacksmithError('INVALID_ARGUMENTS', '--trust runs commands and --skip-commands does not: give one of them');
  if (leavesOut && (trust || skips))
    throw new PacksmithError('INVALID_ARGUMENTS', `--no-test runs no test case: leave ${trust ? '--trust' : '--skip-commands'} out`);
}

interface CaseWorld {
  readonly directory: string;
  readonly flags: Flags;
  readonly context: CommandContext;
  readonly ports: NodePorts;
}

/** Cases of a pack that is not valid would all fail for the same reason. */
async function tryCases(planned: PlannedPublication, { directory, flags, context, ports }: CaseWorld): Promise<PlannedPublication> {
  if (planned.plan.gates.some(({ name, passed }) => name === 'valid' && !passed)) return planned;
  const pack = await ports.repository.load({ kind: 'path', path: directory });
  const consent = openCommandConsent({ isTrusted: flags.trust, ports }, context);
  const commands = flags['skip-commands'] ? 'skip' : consent({ pack, directory });
  const { signal, globals } = context;
  return testPublication(
    planned,
    { pack, directory, commands, offline: globals.offline, signal },
    { ...ports, ...(await ports.openTrials()) },
  );
}

/** A registry that the settings do not name is not looked into. */
function nextAfter({ id, registry }: PublishPlan, { places }: Pick<Ports, 'places'>): string[] {
  const show = `packs show ${id} --versions`;
  if (registry === undefined || places.registries.some(({ name }) => name === registry.name)) return [show];
  const setting = `{ type = "${registry.kind}", url = ${JSON.stringify(registry.location)} }`;
  return [formatArguments(['packs', 'config', 'set', 'registries.NAME', setting]), show];
}
