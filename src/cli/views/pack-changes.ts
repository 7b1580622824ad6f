import type { ChangelogSection } from '../../core/install/changelog.ts';
import type { PackChange } from '../../core/quality/breaking-changes.ts';
import { stripControl, stripControlLine } from '../../core/text/strip-control.ts';
import type { Terminal } from '../terminal.ts';

/** What changed for whoever uses a pack, one line each; breaking changes say so. */
export function viewChanges(changes: readonly PackChange[], { style }: Terminal): string[] {
  return changes.map(({ message, isBreaking }) => `  ${isBreaking ? style.red('breaking: ') : ''}${stripControlLine(message)}`);
}

/** Sections of a changelog, indented. */
export function viewChangelog(sections: readonly ChangelogSection[], { style }: Terminal): string[] {
  return sections.flatMap(({ version, text, isBreaking }) => [
    `  ${style.bold(stripControlLine(version))}${isBreaking ? ` ${style.red('breaking')}` : ''}`,
    ...stripControl(text)
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
  ]);
}
