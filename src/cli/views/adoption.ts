import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { AdoptedPack, Adoption } from '../../ops/adopt/adopt-project.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';

export interface ShownAdoption extends Pick<Adoption, 'packs' | 'inferred'> {
  readonly plan: GenerationPlan;
  readonly directory: string;
  readonly isApplied: boolean;
}

/** Which versions a project is most like and by how much, what its files say of the answers, and how many files differ. */
export function viewAdoption({ packs, inferred, plan, directory, isApplied }: ShownAdoption, { style }: Terminal): string {
  const answers = inferred.map(({ name, value }) => `  ${stripControlLine(`${name} = ${JSON.stringify(value)}`)}\n`).join('');
  const own = plan.paths.filter((path) => path.class !== 'record');
  const count = (classes: readonly string[]): number => own.filter((path) => classes.includes(path.class)).length;
  const states = [
    [count(['unchanged']), 'as the packs give them'],
    [count(['edited', 'in-the-way', 'both-changed']), 'with edits of yours'],
    [count(['moved']), 'moved by you'],
    [count(['missing']), 'not there'],
  ] as const;
  const summary = states.filter(([files]) => files > 0).map(([files, what]) => `${files} ${what}`);
  const total = `${formatCount(own.length, 'file')}: ${summary.join(', ')}`;
  const head = isApplied ? `${style.green('done')}: adopted ${style.bold(stripControlLine(directory))}; ${total}\n` : `${total}\n`;
  return [packs.map((pack) => viewPack(pack, style)).join(''), answers === '' ? '' : `Found in the files\n${answers}`, head]
    .filter((part) => part !== '')
    .join('\n');
}

function viewPack(pack: AdoptedPack, style: Terminal['style']): string {
  const { id, version, score, files, identical, alike, missing, runnerUp, compared, notCompared } = pack;
  const head = `${style.bold(stripControlLine(id))} ${stripControlLine(version)}  ${percent(score)} alike`;
  const detail = `${identical} of ${formatCount(files, 'file')} identical, ${alike} alike, ${missing} not there`;
  const next =
    runnerUp === undefined
      ? 'the only version compared'
      : `next best ${stripControlLine(runnerUp.version)} with ${percent(runnerUp.score)}`;
  const looked = compared > 1 || notCompared > 0 ? `; ${formatCount(compared, 'version')} compared` : '';
  const left = notCompared === 0 ? '' : `, ${notCompared} older not looked at`;
  return `${head}\n  ${style.dim(`${detail}; ${next}${looked}${left}`)}\n`;
}

function percent(score: number): string {
  return `${(score * 100).toFixed(1)} %`;
}
