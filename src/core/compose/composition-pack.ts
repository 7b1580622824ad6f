import { formatPackManifest, type ManifestTable } from '../manifest/format-pack-manifest.ts';
import type { ProjectMerge, ProjectMergeRule } from '../manifest/project-manifest.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import type { AnswerEntry } from '../template/answers/answer-types.ts';
import { sortRules } from './path-rules.ts';

export interface CompositionPackRequest {
  readonly id: PackName;
  /** The packs that are composed, in order. */
  readonly packs: readonly Pack[];
  readonly rules: ProjectMerge;
  /** Answers that become the defaults of the new pack. */
  readonly answers: readonly AnswerEntry[];
}

/**
 * The files of a pack that stands for a composition: it depends on the composed packs in their order, has the given answers as defaults,
 * and settles shared paths as the rules say. Texts by path.
 */
export function makeCompositionPack(request: CompositionPackRequest): ReadonlyMap<string, string> {
  const { id, packs } = request;
  const names = packs.map(({ manifest }) => manifest.id);
  const manifest = formatPackManifest([
    packTable(request),
    dependencyTable(packs),
    ...variableTables(request.answers),
    ...mergeTables(request.rules),
  ]);
  const list = packs.map(({ manifest: { id: name, version, description } }) => `- **${name}** ${version}: ${description}\n`).join('');
  return new Map([
    ['pack.toml', manifest],
    ['README.md', `# ${id}\n\nA composition of ${names.join(', ')}.\n\n${list}\nGenerate a project with \`packs generate ${id} DIR\`.\n`],
    ['CHANGELOG.md', `# Changelog\n\n## 0.1.0\n\n- First composition of ${names.join(', ')}.\n`],
  ]);
}

function packTable({ id, packs }: CompositionPackRequest): ManifestTable {
  const titles = packs.map(({ manifest }) => manifest.title).join(', ');
  const entries = new Map<string, Value>([
    ['id', id],
    ['version', '0.1.0'],
    ['title', id],
    ['description', `Composition of ${titles}`.slice(0, 500)],
    ['category', 'composition'],
  ]);
  return { header: ['pack'], entries };
}

function dependencyTable(packs: readonly Pack[]): ManifestTable {
  return { header: ['dependencies'], entries: new Map(packs.map(({ manifest }) => [manifest.id, `^${manifest.version}`])) };
}

function variableTables(answers: readonly AnswerEntry[]): ManifestTable[] {
  const given = answers.filter(({ source, isSecret, status, definition }) => {
    return (
      status === 'settled' &&
      !isSecret &&
      definition.shared &&
      (source === 'flag' || source === 'file' || source === 'project' || source === 'interactive')
    );
  });
  return given.map(({ name, definition, value }) => ({
    header: ['variables', name],
    entries: variableEntries(definition, value as Value),
  }));
}

/** The definition as the composed pack has it, with the answer as its default, so that both share one value. */
function variableEntries(definition: AnswerEntry['definition'], value: Value): ValueMap {
  const { type, prompt, description, group, choices, pattern, min, max } = definition;
  const optional: [string, Value | undefined][] = [
    ['prompt', prompt],
    ['description', description],
    ['group', group],
    [
      'choices',
      choices.length === 0
        ? undefined
        : choices.map(
            ({ value: choice, label }) =>
              new Map<string, Value>([
                ['value', choice],
                ['label', label],
              ]),
          ),
    ],
    ['pattern', pattern],
    ['min', min],
    ['max', max],
  ];
  const present = optional.filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return new Map<string, Value>([['type', type], ...present, ['default', value]]);
}

/** The rules as `[merge]` of a pack has them: the first that matches decides. */
function mergeTables({ mode, rules }: ProjectMerge): ManifestTable[] {
  const entries = new Map<string, Value>();
  for (const rule of sortRules(rules)) if (!entries.has(rule.path)) entries.set(rule.path, toPackRule(rule));
  if (mode !== 'merge' && !entries.has('**')) entries.set('**', toPackRule({ action: mode, prefer: undefined }));
  return entries.size === 0 ? [] : [{ header: ['merge'], entries }];
}

/** A pack asks nobody: what a person was to decide fails until a project's own rules say it. */
function toPackRule({ action, prefer }: Pick<ProjectMergeRule, 'action' | 'prefer'>): string {
  if (action === 'fail' || action === 'ask') return 'fail';
  if (action === 'merge') return prefer === undefined ? 'merge' : `merge prefer ${prefer}`;
  if (prefer !== undefined) return `prefer ${prefer}`;
  return action === 'keep' ? 'keep' : 'overwrite';
}
