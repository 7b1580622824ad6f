import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ImportedTemplate } from '../../ops/author/import-template.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';

/** What was written, and every part that is not the same as in the template. */
export function viewImportedTemplate({ id, directory, files, report, kind }: ImportedTemplate, { style }: Terminal): string {
  const notable = report.filter(({ outcome }) => outcome !== 'translated');
  const head = `${style.green('done')}: ${style.bold(id)} with ${formatCount(files.length, 'file')} in ${stripControlLine(directory)}, from a ${kind} template\n`;
  const same = `${formatCount(report.length - notable.length, 'part')} translated as they are\n`;
  const lines = notable.map(({ outcome, what, note, where: { file, line } }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    const word = outcome === 'left out' ? style.red(outcome) : style.yellow(outcome);
    return `${word}: ${stripControlLine(what)} (${stripControlLine(place)}): ${stripControlLine(note)}\n`;
  });
  return `${head}${same}${lines.join('')}`;
}
