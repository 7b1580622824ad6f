/**
 * One comparison as it is printed and stored.
 * @typedef {object} Comparison
 * @property {string} title
 * @property {{ name: string, median: number, min: number, max: number, runs: number, peakMegabytes?: number }[]} rows
 * @property {string} baseline  the row whose median is 1 in the column of ratios
 * @property {{ text: string, value: number, atMost: number }[]} goals
 */

/** @param {Comparison} comparison */
export function formatComparison({ title, rows, baseline, goals }) {
  const one = medianOf(rows, baseline);
  const table = [
    ['', 'median', 'min – max', `× ${baseline}`, 'memory'],
    ...rows.map((row) => [row.name, milliseconds(row.median), range(row), ratio(row.median / one), megabytes(row.peakMegabytes)]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => pad(cell, widths[column], column))
      .join('  ')
      .trimEnd(),
  );
  return ['', `## ${title} (${rows[0].runs} runs)`, '', ...lines, '', ...goals.map(formatGoal)].join('\n');
}

/** The same as a section of Markdown. @param {Comparison} comparison */
export function formatMarkdown({ title, rows, baseline, goals }) {
  const one = medianOf(rows, baseline);
  return [
    `### ${title}`,
    '',
    `| | median | min – max | × ${baseline} | peak memory |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${milliseconds(row.median)} | ${range(row)} | ${ratio(row.median / one)} | ${megabytes(row.peakMegabytes)} |`,
    ),
    '',
    ...goals.map((goal) => `- ${formatGoal(goal)}`),
    '',
  ].join('\n');
}

/** The ratio of two rows by name, or of a row and the fastest of several. */
export function ratioOf(rows, name, ...others) {
  return medianOf(rows, name) / Math.min(...others.map((other) => medianOf(rows, other)));
}

export function medianOf(rows, name) {
  return rows.find((row) => row.name === name).median;
}

function formatGoal({ text, value, atMost, unit = '×' }) {
  const amount = (number) => (unit === '×' ? ratio(number) : `${Math.round(number)} ${unit}`);
  return `${value <= atMost ? 'met' : 'MISSED'}: ${text}: ${amount(value)}, at most ${amount(atMost)}`;
}

const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
const range = ({ min, max }) => `${milliseconds(min)} – ${milliseconds(max)}`;
const ratio = (value) => `${value.toFixed(2)} ×`;
const megabytes = (value) => (value === undefined ? '' : `${Math.round(value)} MB`);
const pad = (cell, width, column) => (column === 0 ? cell.padEnd(width) : cell.padStart(width));
