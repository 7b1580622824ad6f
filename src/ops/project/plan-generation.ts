import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { Ports } from '../../ports/ports.ts';
import { demandsOf } from './demands.ts';
import { describeLeft } from './describe-commands.ts';
import { loadProject, type ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { type GenerationPorts, type GenerationPreview, type ProjectOptions, planWanted } from './plan-wanted.ts';
import { filledManifest, newManifestText } from './project-manifest-text.ts';

export interface GenerateRequest extends ProjectOptions {
  /** References in the documented grammar; those of `composition` come first. */
  readonly references: readonly string[];
  /** A composition file: packs, answers and merge rules. */
  readonly composition?: ProjectManifest;
  /** The directory of the composition file, absolute: paths in it are relative to it. */
  readonly compositionDirectory?: string;
  /** What the plan and the undo log call it; `generate` when not given. */
  readonly operation?: 'generate' | 'compose';
  /** Generate only this template of the packs; outside a project no records are left. */
  readonly template?: string;
}

/**
 * Computes what generating a project would do; writes nothing. Generating the same packs again plans only what changed.
 * @throws PacksmithError as `planWanted` does, and `PROJECT_IN_THE_WAY` for a directory that is not empty unless `ifExists` says otherwise,
 * `PROJECT_HAS_OTHER_PACKS`.
 */
export async function planGeneration(request: GenerateRequest, ports: GenerationPorts): Promise<GenerationPreview> {
  const state = await loadProject(ports);
  const manifest = request.composition === undefined ? state.manifest : withOwnRules(request.composition, state.manifest);
  const places = { workingDirectory: request.workingDirectory, root: ports.project.root };
  const { template } = request;
  return planWanted(
    {
      operation: request.operation ?? 'generate',
      state,
      demands: [
        ...demandsOf({
          references: [],
          packs: request.composition?.packs ?? [],
          places: { ...places, listedIn: request.compositionDirectory ?? places.root },
        }),
        ...demandsOf({ references: request.references, packs: [], places }),
      ],
      manifest,
      manifestText: (facts) =>
        state.manifestText === undefined ? newManifestText(facts, manifest) : filledManifest(state, facts, request.composition),
      check: (packs) => checkDirectory({ request, state, packs }, ports),
      ...(template === undefined ? {} : { template }),
    },
    request,
    ports,
  );
}

interface DirectoryFacts {
  readonly request: GenerateRequest;
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
}

async function checkDirectory({ request, state, packs }: DirectoryFacts, { project }: Pick<Ports, 'project'>): Promise<void> {
  const present = state.lockfile?.packs.map(({ id }) => id) ?? [];
  if (present.length > 0) {
    const others = packs.map(({ pack }) => pack.manifest.id).filter((id) => !present.includes(id));
    if (others.length === 0 && (packs.length === present.length || request.template !== undefined)) return;
    throw new PacksmithError('PROJECT_HAS_OTHER_PACKS', `${project.root} was generated from ${present.join(', ')}`, {
      hint: 'choose another directory, or name the same packs to generate them again',
    });
  }
  if (request.template === undefined) refuseUnnamed({ request, state, packs }, project.root);
  const { isEmpty } = await project.inspect();
  if (isEmpty || request.ifExists !== 'refuse' || request.template !== undefined) return;
  const left = describeLeft(await project.listTransactions());
  const files = await project.listFiles();
  const shown = files.slice(0, 5).join(', ');
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  throw new PacksmithError('PROJECT_IN_THE_WAY', `${project.root} is not empty: it has ${shown === '' ? 'directories' : shown}${more}`, {
    hint: `${left === undefined ? '' : `${left}; delete what you do not need of it. `}\`--into-existing\` writes beside what is there; \`--overwrite\` replaces what is in the way, with \`--backup\` keeping a copy`,
  });
}

/** Packs that packsmith.toml lists are part of the project: one that is made without them would lose what it has, or get them with the next update. */
function refuseUnnamed({ state, packs }: DirectoryFacts, root: string): void {
  const named = new Set<string>(packs.map(({ pack }) => pack.manifest.id));
  const left = (state.manifest?.packs ?? []).map(({ id }) => id).filter((id) => !named.has(id));
  if (left.length === 0) return;
  throw new PacksmithError('PROJECT_HAS_OTHER_PACKS', `${MANIFEST_PATH} in ${root} lists ${left.join(', ')} as well`, {
    hint: `name all of its packs; in that directory, \`packs compose --file ${MANIFEST_PATH} --output . --into-existing\` takes those that it lists`,
  });
}

/** The rules of a composition, and those that a packsmith.toml in the directory has for other paths. */
function withOwnRules(composition: ProjectManifest, own: ProjectManifest | undefined): ProjectManifest {
  const { mode, rules } = composition.merge;
  const ruled = new Set(rules.map(({ path }) => path));
  const others = (own?.merge.rules ?? []).filter(({ path }) => !ruled.has(path));
  return { ...composition, merge: { mode, rules: [...rules, ...others] } };
}
