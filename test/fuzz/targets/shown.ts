import { presentError } from '../../../src/cli/present-error.ts';
import { PLAIN_STYLE } from '../../../src/cli/style.ts';
import { fitText, textWidth, wrapText } from '../../../src/cli/text-width.ts';
import { viewJunit } from '../../../src/cli/views/junit.ts';
import { PacksmithError } from '../../../src/core/diagnostics/packsmith-error.ts';
import { formatSarif } from '../../../src/core/quality/format-sarif.ts';
import { formatFileDiff } from '../../../src/core/reconcile/text/unified-diff.ts';
import { collectSecrets, fitsMasks, maskSecrets, unmaskSecrets } from '../../../src/core/template/mask-secrets.ts';
import { stripControl, stripControlLine } from '../../../src/core/text/strip-control.ts';
import { encodeUtf8 } from '../../../src/core/text/utf8.ts';
import { checkShown, type FuzzTarget, hold, partsOf, textOf } from '../fuzz-target.ts';

const ESCAPES = [
  '\u001b[31m',
  '\u001b]0;t\u0007',
  '\u001b]8;;http://x\u001b\\',
  '\u001bP',
  '\u001b_',
  '\u009b2J',
  '\u009d',
  '\u009c',
  '\u001b',
  '\u0007',
  '\b',
  '\r',
  '\r\n',
  '\n',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u0000',
  '\u007f',
  '\u001b(0',
  '\u001b#8',
  ';;;',
  '[',
  'm',
];

export const shownText: FuzzTarget = {
  name: 'shown-text',
  subject: 'text from elsewhere that is shown on a terminal',
  laws: [
    'no control characters are left',
    'removing them again changes nothing',
    'text without them stays as it is',
    'one line is one line',
  ],
  words: ESCAPES,
  run: (input) => {
    const text = textOf(input);
    const clean = stripControl(text);
    checkShown(clean);
    hold(stripControl(clean) === clean, 'removing again changes nothing');
    const line = stripControlLine(text);
    checkShown(line);
    hold(!/[\n\u2028\u2029]/.test(line), 'one line is one line', () => JSON.stringify(line.slice(0, 80)));
    const where = { file: text, line: 1, column: 1 };
    const error = new PacksmithError('MANIFEST_INVALID', text, {
      hint: text,
      where,
      cause: new Error(text),
      diagnostics: [{ code: 'RDF_INVALID', severity: 'error', message: text, where, suggestion: text }],
    });
    checkShown(presentError(error, { style: PLAIN_STYLE, isVerbose: true }));
    checkShown(presentError(new Error(text), { style: PLAIN_STYLE, isVerbose: true }));
    const fitted = fitText(clean.replaceAll('\n', ' '), 20);
    hold(textWidth(fitted) <= 20, 'a cell keeps its width', () => JSON.stringify(fitted));
    wrapText(clean, 40);
    return `${clean === text} ${line === text}`;
  },
};

export const diff: FuzzTarget = {
  name: 'diffs',
  subject: 'diffs of files with names and contents from elsewhere',
  laws: ['a name takes one line', 'a header cannot be forged by a name'],
  words: [...ESCAPES, 'a/', 'b/', '"', '\\', '--- a/x\n', '+++ b/x\n', '@@ -1 +1 @@\n', 'diff --git a/x b/x\n', '/dev/null', '%%\n'],
  maxBytes: 4000,
  run: (input) => {
    const [name = '', before = '', after = ''] = partsOf(input);
    const path = name.replace(/\n$/, '');
    const shown = formatFileDiff({ path, before: { text: before }, after: { text: after } });
    if (shown === '') return String(before === after);
    const headers = shown.split('\n').filter((line) => line.startsWith('diff --git '));
    hold(headers.length === 1, 'one file has one header', () => JSON.stringify(shown.slice(0, 200)));
    return `${before === ''} ${after === ''}`;
  },
};

export const reports: FuzzTarget = {
  name: 'reports',
  subject: 'reports for other programs: JUnit and SARIF',
  laws: ['XML stays well-formed whatever stands in it', 'JSON is JSON'],
  words: [...ESCAPES, '<', '>', '&', '"', "'", ']]>', '<!--', '-->', '<?xml', '&#0;', '<testcase', '\ufffe', '\uffff', '%%\n'],
  maxBytes: 4000,
  run: (input) => {
    const [one = '', other = ''] = partsOf(input);
    const xml = viewJunit(reportOf(one, other));
    hold(isWellFormed(xml), 'XML is well-formed', () => JSON.stringify(xml.slice(0, 400)));
    const sarif = formatSarif({
      toolVersion: '1.0.0',
      rules: [],
      findings: [{ code: 'TOML_SYNTAX', severity: 'error', message: one, where: { file: other, line: 1 } } as never],
      suppressed: [],
      prefix: '',
    });
    JSON.parse(JSON.stringify(sarif));
    return `${xml.length > 300}`;
  },
};

type Report = Parameters<typeof viewJunit>[0];

function reportOf(one: string, other: string): Report {
  return {
    id: one,
    version: other,
    failed: 1,
    milliseconds: 1,
    cases: [{ name: one, file: other, milliseconds: 1, kind: 'failed', problems: [{ message: one, where: { file: other } }] }],
  } as unknown as Report;
}

/** Whether tags are closed, and no character stands that XML 1.0 does not allow. */
function isWellFormed(xml: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not allow
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed()) return false;
  const rest = xml
    .replace(/^<\?xml[^<>]*\?>/, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .replace(/&(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);/gi, '');
  const open: string[] = [];
  for (const [, close, name = '', attributes = '', self] of rest.matchAll(/<(\/?)([a-z]+)((?:\s+[a-zA-Z:]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name);
    if (attributes.includes('&')) return false;
  }
  const left = rest.replace(/<(\/?)([a-z]+)((?:\s+[a-zA-Z:]+="[^"<]*")*)\s*(\/?)>/g, '');
  return open.length === 0 && !/[<&]/.test(left);
}

export const secrets: FuzzTarget = {
  name: 'secrets',
  subject: 'the masks of secrets in records and shown text',
  laws: ['no secret is left', 'what was masked is found again'],
  words: [
    'hunter2',
    '\u27e6packsmith secret password\u27e7',
    '\u27e6',
    '\u27e7',
    '"',
    '\\',
    "'",
    '%41',
    '\n',
    'é',
    '$&',
    '$1',
    '%%\n',
    '.*',
    'packsmith secret',
  ],
  maxBytes: 3000,
  run: (input) => {
    const [secret = '', content = ''] = partsOf(input);
    const plain = secret.replace(/\n$/, '');
    const found = collectSecrets(new Map([['password', plain]]), () => true);
    const bytes = encodeUtf8(`a ${plain} b ${content}`);
    const masked = maskSecrets(bytes, found);
    const text = textOf(masked);
    // What a mask itself says cannot be told from the secret where the one is a part of the other.
    if (plain.length > 0 && !'\u27e6packsmith secret password as JSON in single quotes for a shell an address\u27e7'.includes(plain)) {
      const parts = text.split(/\u27e6packsmith secret [^\u27e6\u27e7]+\u27e7/u);
      hold(!parts.some((part) => part.includes(plain)), 'no secret is left', () => JSON.stringify([plain, text]));
    }
    if (!content.includes('\u27e6') && !plain.includes('\u27e6')) {
      hold(Buffer.compare(unmaskSecrets(masked, found), bytes) === 0, 'what was masked is found again', () =>
        JSON.stringify([plain, content]),
      );
    }
    fitsMasks(bytes, masked);
    return `${found.size} ${text.length === content.length}`;
  },
};
