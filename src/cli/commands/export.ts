import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfFormat } from '../../core/metadata/rdf.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { exportPack } from '../../ops/export-pack.ts';
import { exportRdf } from '../../ops/export-rdf.ts';
import { anchorReference } from '../../ops/plan-install.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { exportSpec } from '../specs/publish.ts';
import { viewExportedFile, viewExportedRdf } from '../views/bundles.ts';

export const runExport: RunCommand<typeof exportSpec> = async (input, context) => {
  const { flags, positionals } = input;
  if (flags.catalogue === (positionals[0] !== undefined))
    throw new PacksmithError('INVALID_ARGUMENTS', 'export takes one pack, or --catalogue', { hint: 'see `packs export --help`' });
  const format = flags.format ?? (flags.catalogue ? 'nquads' : 'tar.gz');
  const ports = await openAuthorPorts(context);
  if (format !== 'tar.gz') return runRdfExport(input, { format, context, ports });
  if (flags.catalogue)
    throw new PacksmithError('INVALID_ARGUMENTS', 'the catalogue is exported as RDF only', {
      hint: 'use --format nquads, turtle or another form of RDF',
    });
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

type Input = Parameters<RunCommand<typeof exportSpec>>[0];

interface RdfExport {
  readonly format: RdfFormat;
  readonly context: CommandContext;
  readonly ports: Awaited<ReturnType<typeof openAuthorPorts>>;
}

async function runRdfExport({ flags, positionals }: Input, { format, context, ports }: RdfExport): Promise<CommandResult> {
  const { workingDirectory } = context;
  const [reference] = positionals;
  const exported = await exportRdf(
    {
      reference:
        reference === undefined ? undefined : formatPackReference(anchorReference(parsePackReference(reference), workingDirectory)),
      format,
      output: flags.output === undefined ? undefined : resolve(workingDirectory, flags.output),
      replace: flags.force,
    },
    ports,
  );
  return { data: exported, view: (terminal) => viewExportedRdf(exported, terminal) };
}
