import { resolve } from 'node:path';
import { formatOfPath, isRdfFormat } from '../../core/data/data-format.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfFormat } from '../../core/metadata/rdf.ts';
import { exportPack } from '../../ops/author/export-pack.ts';
import { exportRdf } from '../../ops/data/export-rdf.ts';
import { anchorText } from '../../ops/packs/load-named-pack.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import { BILL_FORMATS, runBillExport } from '../export-bill.ts';
import { loadOptionsOf } from '../load-options.ts';
import { openAuthorPorts } from '../open-author-ports.ts';
import type { exportSpec } from '../specs/publish.ts';
import { viewExportedFile, viewExportedRdf } from '../views/bundles.ts';

export const runExport: RunCommand<typeof exportSpec> = async (input, context) => {
  const { flags, positionals } = input;
  const bill = BILL_FORMATS.find((each) => each === flags.format);
  if (bill !== undefined && !flags.catalogue && !flags['with-dependencies'])
    return runBillExport({ format: bill, reference: positionals[0], output: flags.output, replace: flags.force }, context);
  if (flags.catalogue === (positionals[0] !== undefined))
    throw new PacksmithError('INVALID_ARGUMENTS', 'export takes one pack, or --catalogue', { hint: 'see `packs export --help`' });
  if (bill !== undefined)
    throw new PacksmithError('INVALID_ARGUMENTS', `--format ${bill} is of one pack with all it needs, or of the project here`, {
      hint: 'leave --catalogue and --with-dependencies out',
    });
  const format = formatOf(flags);
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
      reference: anchorText(positionals[0] ?? '', workingDirectory),
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

/** What is asked for; otherwise what the file's name says; otherwise an archive, or statements of the catalogue. */
function formatOf({ format, catalogue, output = '' }: Input['flags']): 'tar.gz' | RdfFormat {
  if (format !== undefined && format !== 'cyclonedx' && format !== 'spdx' && format !== 'ansible') return format;
  const named = formatOfPath(output);
  if (named !== undefined && isRdfFormat(named)) return named;
  return catalogue ? 'nquads' : 'tar.gz';
}

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
      ...loadOptionsOf(context),
      reference,
      format,
      output: flags.output === undefined ? undefined : resolve(workingDirectory, flags.output),
      replace: flags.force,
    },
    ports,
  );
  return { data: exported, view: (terminal) => viewExportedRdf(exported, terminal) };
}
