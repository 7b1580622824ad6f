import type { Value } from '../../core/pack/values.ts';
import { parseOutputPath } from '../../core/template/parse-output-path.ts';
import type { ProjectFacts } from '../../core/template/render-context.ts';
import { decodeMarkedText } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

/** Where an answer decides which file is read, so many are at hand for it, none larger than this. */
const MAX_FILES = 200;
const MAX_BYTES = 1024 * 1024;

/** The facts with the data of the project's files that templates of other tools name. Nothing outside the project is read; a file that is not there is empty. */
export async function withExternalData(facts: ProjectFacts, project: Ports['project']): Promise<ProjectFacts> {
  const named = facts.packs.flatMap(({ foreign }) => [...(foreign?.externalData?.values() ?? [])]);
  if (named.length === 0) return facts;
  const isOpen = named.some(isTemplate);
  const fixed = named.filter((path) => !isTemplate(path)).map((path) => parseOutputPath(path.replace(/^(?:\.\/)+/, '')));
  const wanted = new Set<ProjectPath>([...fixed, ...(isOpen ? await listData(project) : [])]);
  const { readYamlValue } = await import('../../core/jinja/python-data/read-yaml.ts');
  const found = await project.survey(wanted);
  const external = new Map<string, Value>();
  for (const path of wanted) {
    if (found.get(path)?.kind !== 'file') continue;
    const bytes = (await project.readFile(path)) ?? new Uint8Array();
    const text = bytes.length > MAX_BYTES ? undefined : decodeMarkedText(bytes);
    external.set(path, (text === undefined ? undefined : readYamlValue(text)) ?? new Map());
  }
  return { ...facts, external };
}

/** An answer says which file it is. */
function isTemplate(path: string): boolean {
  return /[{[][{%[]/.test(path);
}

/** The files of data at the top of a project and two folders below. */
async function listData(project: Ports['project']): Promise<ProjectPath[]> {
  const isPassedOver = (path: string): boolean => /(?:^|\/)(?:node_modules|\.packsmith)\/$/.test(path) || path.split('/').length > 4;
  const listed = await project.listFiles(isPassedOver);
  return listed.filter((path) => /\.(?:ya?ml|json)$/.test(path)).slice(0, MAX_FILES);
}
