// From parts of the built program to branches of its sources, by the source maps of the build and the same conversion that the test runner uses.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { convert } from 'ast-v8-to-istanbul';
import { parseAst } from 'rolldown/parseAst';
import type { CoverageMap, FileCoverage } from './coverage-map.ts';
import type { ExecutedRange } from './sum-executions.ts';

/**
 * @param program the directory of a build with a map beside each file.
 * @returns what was executed of each source, once for each file of the program that has code of it.
 */
export async function mapExecutions(
  program: string,
  executions: ReadonlyMap<string, readonly ExecutedRange[]>,
): Promise<Map<string, FileCoverage[]>> {
  const bySource = new Map<string, FileCoverage[]>();
  for (const [name, ranges] of executions) {
    const sources = await mapFile(join(program, name), ranges);
    for (const [source, coverage] of Object.entries(sources)) bySource.set(source, [...(bySource.get(source) ?? []), coverage]);
  }
  return bySource;
}

async function mapFile(path: string, ranges: readonly ExecutedRange[]): Promise<CoverageMap> {
  // A file that only names what others have is without a map.
  if (!existsSync(`${path}.map`)) return {};
  const code = readFileSync(path, 'utf8');
  const sourceMap = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
  const functions = [{ functionName: '', isBlockCoverage: true, ranges: [...ranges] }];
  return (await convert({ code, sourceMap, ast: parseAst(code), coverage: { url: pathToFileURL(path).href, functions } })) as CoverageMap;
}
