import { stripControl } from '../../core/text/strip-control.ts';
import type { Terminal } from '../terminal.ts';
import { fitText, textWidth } from '../text-width.ts';

export interface Column {
  readonly title: string;
  /** One text a row; control sequences are removed here, so that cells may come straight from packs. */
  readonly cells: readonly string[];
  readonly style?: (text: string) => string;
  /** Whether the column may be shortened to fit; at most one is. */
  readonly isFlexible?: boolean;
  /** Whether the column is left out where the terminal is too narrow for it, or leaves too little to the flexible one and is the same in each row. */
  readonly isOptional?: boolean;
}

const GAP = '  ';
const NARROWEST_FLEXIBLE_COLUMN = 16;

/**
 * Lays columns out, with titles, so that a row takes one line of the terminal. Where the flexible column has to be shortened, optional columns that
 * say the same in each row are left out; where not even a shortened one fits, it goes to a line of its own below each row, and optional columns are
 * left out as far as needed. A column whose cells are all empty is left out. Lines end without spaces; the text ends with a newline.
 */
export function viewTable(columns: readonly Column[], terminal: Terminal): string {
  const filled = columns.filter((column) => column.cells.some((cell) => cell !== '')).map((column) => measure(cleanCells(column)));
  const count = Math.max(0, ...filled.map((column) => column.cells.length));
  if (count === 0) return '';
  const shown = roomForFlexible(filled, terminal) === undefined ? filled : filled.filter((column) => !isMonotonous(column));
  const room = roomForFlexible(shown, terminal);
  const isStacked = room !== undefined && room < NARROWEST_FLEXIBLE_COLUMN;
  const inRow = isStacked
    ? dropOptional(
        shown.filter((column) => column.isFlexible !== true),
        terminal,
      )
    : shown;
  const below = isStacked ? shown.filter((column) => column.isFlexible === true) : [];
  const fitted = inRow.map((column) => (column.isFlexible === true && room !== undefined ? fitColumn(column, room) : column));
  const lines = [terminal.style.dim(layRow(fitted, (column) => column.title, false))];
  for (let row = 0; row < count; row++) {
    lines.push(layRow(fitted, (column) => column.cells[row] ?? '', true));
    for (const column of below) lines.push(`    ${fitText(column.cells[row] ?? '', Math.max(8, (terminal.columns ?? 80) - 4))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A column with the columns of the terminal that it takes, which would be slow to count anew for every row. */
interface MeasuredColumn extends Column {
  readonly width: number;
}

function measure(column: Column): MeasuredColumn {
  return { ...column, width: Math.max(textWidth(column.title), ...column.cells.map(textWidth)) };
}

function cleanCells(column: Column): Column {
  return { ...column, cells: column.cells.map(cleanCell) };
}

/** A cell on one line, without control sequences. Most cells are so already, which one look tells. */
function cleanCell(cell: string): string {
  return /^[\x21-\x7e]?(?:[\x20-\x7e]*[\x21-\x7e])?$/.test(cell) ? cell : stripControl(cell).replace(/\s+/g, ' ').trim();
}

function isMonotonous({ cells, isOptional }: Column): boolean {
  return isOptional === true && cells.length > 1 && cells.every((cell) => cell === cells[0]);
}

/** The columns left for the flexible column, or `undefined` where everything fits as it is. */
function roomForFlexible(columns: readonly MeasuredColumn[], terminal: Terminal): number | undefined {
  if (terminal.columns === undefined) return undefined;
  const fixed = columns.filter((column) => column.isFlexible !== true).reduce((sum, column) => sum + column.width, 0);
  const flexible = columns.find((column) => column.isFlexible === true);
  const room = terminal.columns - fixed - GAP.length * (columns.length - 1);
  return flexible === undefined || flexible.width <= room ? undefined : room;
}

/** Leaves out optional columns, the last one first, until a row fits or none is left. */
function dropOptional(columns: readonly MeasuredColumn[], terminal: Terminal): readonly MeasuredColumn[] {
  const width = columns.reduce((sum, column) => sum + column.width, 0) + GAP.length * (columns.length - 1);
  const last = columns.findLastIndex((column) => column.isOptional === true);
  if (terminal.columns === undefined || width <= terminal.columns || last === -1) return columns;
  return dropOptional(columns.toSpliced(last, 1), terminal);
}

function fitColumn(column: Column, room: number): MeasuredColumn {
  return measure({ ...column, cells: column.cells.map((cell) => fitText(cell, room)) });
}

function layRow(columns: readonly MeasuredColumn[], textOf: (column: MeasuredColumn) => string, isStyled: boolean): string {
  const cells = columns.map((column, index) => {
    const text = textOf(column);
    const padding = index === columns.length - 1 ? '' : ' '.repeat(column.width - textWidth(text));
    return (isStyled && column.style !== undefined ? column.style(text) : text) + padding;
  });
  return cells.join(GAP).trimEnd();
}
