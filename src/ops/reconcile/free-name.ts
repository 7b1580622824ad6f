import { type ProjectPath, parseProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

/** The first path of `PATH.suffix`, `PATH.suffix2` … at which nothing stands; with `below`, of `PATH.suffix/BELOW` …. */
export async function freeName(path: string, suffix: string, project: Ports['project'], below = ''): Promise<ProjectPath> {
  for (let number = 1; ; number++) {
    const candidate = parseProjectPath(`${path}${suffix}${number === 1 ? '' : number}${below}`);
    const found = await project.survey([candidate]);
    if (!found.has(candidate)) return candidate;
  }
}
