import type { Value } from '../../core/pack/values.ts';
import { parseOutputPath } from '../../core/template/parse-output-path.ts';
import type { ProjectFacts } from '../../core/template/render-context.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { Ports } from '../../ports/ports.ts';

/** The facts with the data of the project's files that templates of other tools name. Nothing outside the project is read; a file that is not there is empty. */
export async function withExternalData(facts: ProjectFacts, project: Ports['project']): Promise<ProjectFacts> {
  const named = facts.packs.flatMap(({ foreign }) => [...(foreign?.externalData ?? [])]);
  if (named.length === 0) return facts;
  const { readYamlValue } = await import('../../core/jinja/python-data/read-yaml.ts');
  const external = new Map<string, Value>();
  for (const [name, path] of named) {
    const place = parseOutputPath(path);
    const isThere = (await project.survey([place])).get(place)?.kind === 'file';
    const text = isThere ? decodeText((await project.readFile(place)) ?? new Uint8Array()) : '';
    external.set(name, readYamlValue(text ?? '') ?? new Map());
  }
  return { ...facts, external };
}
