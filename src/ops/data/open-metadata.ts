import { formatOfPath, isRdfFormat } from '../../core/data/data-format.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { routeRegistries } from '../../core/install/route-registries.ts';
import { describeCatalogue } from '../../core/metadata/describe-catalogue.ts';
import { describePack } from '../../core/metadata/describe-pack.ts';
import { describeProject } from '../../core/metadata/describe-project.ts';
import type { RdfQuad } from '../../core/metadata/rdf.ts';
import { createPackScorer } from '../../core/metadata/score-catalogue.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { isPrerelease } from '../../core/publish/version-policy.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { CatalogueSurvey } from '../../ports/pack-repository.ts';
import type { Ports } from '../../ports/ports.ts';
import type { OpenedStore, RdfDocument, SparqlEngine, SparqlStore } from '../../ports/sparql-engine.ts';
import { withLanguage } from '../packs/read-pack-tree.ts';
import { requireProject } from '../project/load-project.ts';

/** What is asked. */
export type MetadataScope =
  | { readonly kind: 'catalogue' }
  /** The project of the ports, and the catalogue beside it. */
  | { readonly kind: 'project' }
  /** What is known of a pack, its ontology and its data. */
  | { readonly kind: 'pack'; readonly pack: Pack }
  /** The ontology of a pack and its data, or one of its data, as its own queries see them. */
  | { readonly kind: 'pack-data'; readonly pack: Pack; readonly over: string | undefined };

export interface OpenMetadataRequest {
  readonly scope: MetadataScope;
  /** Whether scores are asked for: to measure every pack takes longer than all the rest. */
  readonly withScores: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type MetadataPorts = Pick<Ports, 'repository' | 'reporter' | 'hash' | 'toolVersion'> & {
  /** Needed for a project only. */
  readonly project: Ports['project'] | undefined;
  readonly places: Ports['places'];
};

/** A change of what the statements say of the same packs asks for another number. */
const DESCRIPTION = 1;

/**
 * Opens what is to be asked; the caller closes the engine.
 * @throws PacksmithError `DATA_REFUSED` for an ontology or data that is not valid, `PROJECT_NOT_FOUND`, `QUERY_OUT_OF_MEMORY`, `INTERRUPTED`.
 */
export async function openMetadata(
  engine: SparqlEngine,
  { scope, withScores, signal }: OpenMetadataRequest,
  ports: MetadataPorts,
): Promise<SparqlStore> {
  const options = signal === undefined ? {} : { signal };
  const scores = withScores ? 'scores' : '';
  switch (scope.kind) {
    case 'catalogue': {
      const survey = await ports.repository.survey();
      return opened(
        await engine.openKept(
          { key: keyOf([survey.digest, scores], ports), load: async () => [await describeSurvey(survey, { withScores })] },
          options,
        ),
      );
    }
    case 'project': {
      const survey = await ports.repository.survey();
      const { key, describe } = await readProject(survey, ports);
      const load = async () => [await describeSurvey(survey, { withScores }), await describe()];
      return opened(await engine.openKept({ key: keyOf([survey.digest, scores, key], ports), load }, options));
    }
    case 'pack':
      return opened(
        await engine.open(
          [
            describePack(scope.pack, withScores ? { score: createPackScorer([scope.pack])(scope.pack) } : {}),
            ...documentsOf(scope.pack, undefined),
          ],
          options,
        ),
      );
    case 'pack-data':
      return opened(await engine.open(documentsOf(scope.pack, scope.over), options));
  }
}

/** The catalogue as statements, the same ones in the same order for the same packs. */
export async function describeSurvey(
  survey: CatalogueSurvey,
  { withScores }: { readonly withScores: boolean },
): Promise<readonly RdfQuad[]> {
  const packs = await Promise.all((await survey.load()).map(async (found) => ({ ...found, pack: await withLanguage(found.pack) })));
  const score = withScores ? createPackScorer(packs.map(({ pack }) => pack)) : undefined;
  return describeCatalogue(
    packs.map(({ pack, isShadowed }) => ({
      pack,
      facts: { source: pack.provenance.kind, ...(score && { score: score(pack) }), ...(isShadowed && { isShadowed }) },
    })),
  );
}

function keyOf(parts: readonly string[], { toolVersion }: MetadataPorts): string {
  return JSON.stringify([DESCRIPTION, toolVersion, ...parts]);
}

async function readProject(survey: CatalogueSurvey, { project, reporter, hash, places }: MetadataPorts) {
  if (project === undefined) throw new PacksmithError('PROJECT_NOT_FOUND', 'there is no project here');
  const { lockfile, manifest, manifestText } = await requireProject({ project, reporter });
  const published = await listPublished(lockfile.packs, places);
  const describe = async () => {
    const catalogue = [...(await survey.load()).map(({ pack }) => pack.manifest), ...published];
    return describeProject({ lockfile, manifest, catalogue });
  };
  return { key: hash(JSON.stringify([lockfile, manifestText, published])), describe };
}

/** The releases of some packs in the folder registries that may be asked for them; the network is left alone. */
async function listPublished(packs: readonly { readonly id: string }[], { registries }: Ports['places']): Promise<readonly Published[]> {
  const folders = registries.filter(({ source }) => source.kind === 'folder');
  const found = packs.map(async ({ id }) => {
    for (const { source } of routeRegistries(id, folders)) {
      const versions = await source.listVersions({ kind: 'id', name: id as PackName, range: '*' }, { offline: true }).catch(nothingKnown);
      if (versions !== undefined) return versions.filter(({ version, status }) => status !== 'yanked' && !isPrerelease(version));
    }
    return [];
  });
  return (await Promise.all(found)).flat().map(({ id, version }) => ({ id, version }));
}

interface Published {
  readonly id: string;
  readonly version: string;
}

/** What was never fetched, or is not there now, says nothing about versions. */
function nothingKnown(error: unknown): undefined {
  if (error instanceof PacksmithError && (error.code === 'OFFLINE_MISSING' || error.code === 'SOURCE_UNREACHABLE')) return undefined;
  throw error;
}

function opened(result: OpenedStore): SparqlStore {
  if (result.kind === 'opened') return result.store;
  throw new PacksmithError('DATA_REFUSED', 'the data cannot be asked', { diagnostics: result.diagnostics });
}

const ONTOLOGY = 'ontology.ttl';

/** The graphs that are in a pack itself: data that its users give is not here. */
function documentsOf({ manifest, files }: Pack, over: string | undefined): readonly RdfDocument[] {
  const data = manifest.data.filter(({ name }) => over === undefined || over === `data.${name}`);
  const paths = [...(over === undefined ? [ONTOLOGY] : []), ...data.map((entry) => entry.default)];
  return [...new Set(paths)].flatMap((path) => {
    const content = path === undefined ? undefined : files.get(path as ProjectPath)?.content;
    const format = path === undefined ? undefined : formatOfPath(path);
    if (path === undefined || content === undefined || format === undefined || !isRdfFormat(format)) return [];
    const base = `file:///${path.split('/').map(encodeURIComponent).join('/')}`;
    return [{ text: decodeUtf8(content) ?? '', format, name: `${manifest.id}: ${path}`, base }];
  });
}
