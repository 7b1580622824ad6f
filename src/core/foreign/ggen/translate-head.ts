import type { Value, ValueMap } from '../../pack/values.ts';
import { unsupported } from './ggen-finding.ts';
import type { PackWriter } from './pack-writer.ts';
import { type GgenTemplate, textAt, textsAt } from './read-front-matter.ts';

/** What becomes of a file that is there and was not generated. */
export function onExistsOf(head: ValueMap, isInjection: boolean): [string, Value][] {
  if (isInjection) return [];
  if (head.get('unless_exists') === true || head.get('freeze_policy') === 'always') return [['on_exists', 'keep']];
  return head.get('force') === true ? [['on_exists', 'overwrite']] : [];
}

/** Where the text goes, for a template that is put into a file of others. */
export function readInjection(template: GgenTemplate, into: string, writer: PackWriter): ReadonlyMap<string, Value> | undefined {
  const { file, head, lineOf } = template;
  if (head.get('inject') !== true) return undefined;
  const once = head.get('skip_if') !== undefined;
  if (once)
    writer.note('approximated', `skip_if of ${file}`, 'the text is left out where the file has the whole of it', {
      file,
      line: lineOf('skip_if'),
    });
  return new Map<string, Value>([['into', into], place(template, writer), ...(once ? ([['once', true]] as const) : [])]);
}

function place(template: GgenTemplate, writer: PackWriter): [string, Value] {
  const { file, head, lineOf } = template;
  for (const kind of ['before', 'after']) {
    const value = head.get(kind);
    if (value === undefined || value === null || value === '') continue;
    const marker = markerOf(value);
    if (marker !== undefined) return [kind, marker];
    const suggestion = 'write the marker as plain text that stands once in the file, in one line';
    writer.diagnostics.push(
      unsupported(file, lineOf(kind), `${kind} with a pattern, a variable or a place other than the first is not translated`, suggestion),
    );
    return [kind, '-'];
  }
  const line = head.get('at_line');
  if (line !== undefined && line !== null) {
    if (Number(line) === 1) return ['at', 'start'];
    writer.diagnostics.push(
      unsupported(file, lineOf('at_line'), 'at_line other than 1 is not translated', 'name a marker with `before` or `after`'),
    );
  }
  return ['at', head.get('prepend') === true ? 'start' : 'end'];
}

/** The text of a marker; a map says more of how it is looked for. */
function markerOf(value: Value): string | undefined {
  if (typeof value === 'string') return /\{[{%]/.test(value) ? undefined : value;
  if (!(value instanceof Map)) return undefined;
  const pattern = value.get('pattern');
  const isPlain =
    [undefined, 'contains'].includes(stringOf(value.get('matcher'))) &&
    [undefined, 'first', 'unique'].includes(stringOf(value.get('occurrence'))) &&
    value.get('case_sensitive') !== false;
  return isPlain && typeof pattern === 'string' ? markerOf(pattern) : undefined;
}

function stringOf(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** Commands around a file become hooks: they run once, after consent, where ggen runs them for each file. */
export function hookCommands({ file, head, lineOf }: GgenTemplate, isFanned: boolean, writer: PackWriter): void {
  const commands = [
    ['sh', 'pre_generate'],
    ['sh_before', 'pre_generate'],
    ['sh_after', 'post_generate'],
  ] as const;
  for (const [key, stage] of commands) {
    for (const command of textsAt(head, key)) {
      const where = { file, line: lineOf(key) };
      if (/\{[{%]/.test(command)) {
        writer.note('left out', `the command ${key} of ${file}`, 'it has variables in it: write it below [hooks] of the pack', where);
        continue;
      }
      writer.addHook(stage, [
        ['name', `${key} of ${file}`],
        ['run', ['sh', '-c', command]],
      ]);
      writer.note(isFanned ? 'approximated' : 'translated', `the command ${key} of ${file}`, `hooks.${stage}, which runs once`, where);
    }
  }
}

const KNOWN = new Set(
  'to sparql for_each construct inject before after at_line skip_if unless_exists force when from sh sh_before sh_after rdf rdf_inline prefixes base vars determinism freeze_policy prepend append eof_last'.split(
    ' ',
  ),
);

const REST: ReadonlyMap<string, string> = new Map([
  ['skip_empty', 'a file that renders to nothing is still made: add `when`'],
  ['backup', '`packs undo` brings back what was there'],
  ['shape', 'shapes/ of the pack is what data is checked against'],
  ['freeze_slots_dir', 'what a project changed in a file is merged'],
]);

/** Refuses queries and facts that are neither texts nor lists of them: nothing would be asked, and files come out without what it gives. */
export function refuseForms({ file, head, lineOf }: GgenTemplate, writer: PackWriter): void {
  const isText = (value: Value): boolean => typeof value === 'string';
  const isTexts = (value: Value): boolean => isText(value) || (Array.isArray(value) && (value as readonly Value[]).every(isText));
  const isNamed = (value: Value): boolean => isTexts(value) || (value instanceof Map && [...value.values()].every(isText));
  for (const [key, isKnown, suggestion] of [
    ['sparql', isNamed, 'name each query, with its text: `sparql: {name: "SELECT …"}`'],
    ['rdf', isTexts, 'name files of the pack: `rdf: [data/facts.ttl]`'],
    ['rdf_inline', isTexts, 'write the facts as a text'],
  ] as const) {
    const value = head.get(key);
    if (value === undefined || value === null || isKnown(value)) continue;
    writer.diagnostics.push(unsupported(file, lineOf(key), `${key} has a form that cannot be translated`, suggestion));
  }
}

/** Says what stands in the head and has no part in the pack. */
export function noteRest({ file, head, lineOf }: GgenTemplate, writer: PackWriter): void {
  for (const key of head.keys()) {
    if (KNOWN.has(key)) continue;
    writer.note('left out', `${key} of ${file}`, REST.get(key) ?? 'nothing of packsmith does this', { file, line: lineOf(key) });
  }
  if (textAt(head, 'freeze_policy') === 'checksum')
    writer.note('approximated', `freeze_policy of ${file}`, 'what a project changed in the file is merged', {
      file,
      line: lineOf('freeze_policy'),
    });
}
