import { resolve } from 'node:path';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { exportPack } from '../../ops/export-pack.ts';
import { anchorReference } from '../../ops/plan-install.ts';
import type { RunCommand } from '../command.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { exportSpec } from '../specs/publish.ts';
import { viewExportedFile } from '../views/bundles.ts';

export const runExport: RunCommand<typeof exportSpec> = async ({ flags, positionals }, context) => {
  const ports = await openAuthorPorts(context);
  const { workingDirectory, globals, signal } = context;
  const withDependencies = flags['with-dependencies'];
  const suffix = withDependencies ? '.bundle.tar.gz' : '.tar.gz';
  const exported = await exportPack(
    {
      reference: formatPackReference(anchorReference(parsePackReference(positionals[0] ?? ''), workingDirectory)),
      withDependencies,
      outputFor: ({ id, version }) =>
        resolve(workingDirectory, flags.output ?? `${id.replace('@', '').replace('/', '-')}-${version}${suffix}`),
      replace: flags.force,
      offline: globals.offline,
      signal,
    },
    ports,
  );
  return {
    data: exported,
    view: (terminal) => viewExportedFile(exported, terminal),
    next: [`packs import ${exported.file} --integrity ${exported.integrity}`],
  };
};
