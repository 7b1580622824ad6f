import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { describePack } from '../../core/metadata/describe-pack.ts';
import { groupBySubject } from '../../core/metadata/group-by-subject.ts';
import type { RdfFormat, RdfQuad } from '../../core/metadata/rdf.ts';
import { createPackScorer } from '../../core/metadata/score-catalogue.ts';
import { PREFIXES } from '../../core/metadata/vocabulary.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import type { Ports } from '../../ports/ports.ts';
import { type LoadOptions, loadNamedPack } from '../packs/load-named-pack.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import { describeSurvey } from './open-metadata.ts';

export interface ExportRdfRequest extends LoadOptions {
  /** A pack; absent: the whole catalogue. */
  readonly reference: string | undefined;
  readonly format: RdfFormat;
  /** Absolute; absent: the text is given back. */
  readonly output: string | undefined;
  readonly replace: boolean;
}

export interface ExportedRdf {
  readonly format: RdfFormat;
  readonly statements: number;
  /** Where it was written. */
  readonly file?: string;
  readonly text?: string;
}

/**
 * Writes what is known of a pack, or of all packs, as RDF. The same packs give the same bytes.
 * @throws PacksmithError as `PackRepository.load` does, `TARGET_IN_THE_WAY`, and those of the disk.
 */
export async function exportRdf(
  { reference, format, output, replace, ...options }: ExportRdfRequest,
  ports: ResolvePorts & Pick<Ports, 'openSparqlEngine'> & { readonly packFiles: PackFiles },
): Promise<ExportedRdf> {
  const quads =
    reference === undefined
      ? await describeSurvey(await ports.repository.survey(), { withScores: true })
      : await describeOne(reference, options, ports);
  const engine = await ports.openSparqlEngine();
  try {
    const text = await engine.format(groupBySubject(quads), format, PREFIXES);
    const statements = quads.length;
    if (output === undefined) return { format, statements, text };
    ports.packFiles.writeFile(output, encodeUtf8(text), { replace });
    return { format, statements, file: output };
  } finally {
    await engine.close();
  }
}

async function describeOne(reference: string, options: LoadOptions, ports: ResolvePorts): Promise<readonly RdfQuad[]> {
  const { repository } = ports;
  const { pack } = await loadNamedPack(reference, options, ports);
  const known = await Promise.all(
    pack.manifest.dependencies.map(({ id, version }) =>
      repository.load({ kind: 'id', name: id, range: version }).catch((error: unknown) => {
        if (error instanceof PacksmithError) return undefined;
        throw error;
      }),
    ),
  );
  const score = createPackScorer([pack, ...known.filter((found) => found !== undefined)]);
  return describePack(pack, { score: score(pack) });
}
