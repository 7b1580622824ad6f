import { decodeUtf8 } from '../../text/utf8.ts';
import { sortedPaths } from '../../tree/file-tree.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { unsupported } from './ggen-finding.ts';
import type { GgenSource } from './ggen-source.ts';
import type { PackWriter } from './pack-writer.ts';
import { type GgenTemplate, textsAt } from './read-front-matter.ts';
import type { GgenManifest } from './read-manifest.ts';
import { prologOf, translateQuery } from './translate-query.ts';

const RDF = /\.(?:ttl|nt|nq|trig|jsonld|rdf|owl)$/;
const VARIABLE_FACTS = 'facts with variables of the template in them are not translated';
const INSTEAD = 'write the facts without variables, or give them as data of the project: [data] with `from`';
const ONTOLOGY = 'ontology.ttl';

/** The facts of the pack: what the manifest names, and what lies where ggen looks. */
export function translateData({ files, manifest }: GgenSource, writer: PackWriter): void {
  const kept = sortedPaths(files).filter((path) => /^(?:gates\/[^/]+\.rq|shapes\/[^/]+\.ttl)$/.test(path) || path === ONTOLOGY);
  for (const path of kept) {
    const entry = files.get(path);
    if (entry !== undefined) writer.files.set(path, entry);
    writer.note('translated', `the file ${path}`, path, { file: path });
  }
  const found = sortedPaths(files).filter((path) => RDF.test(path) && /^(?:ontology|rdf|graphs|data|templates\/.*graphs)\//.test(path));
  for (const path of new Set([...manifest.rdfFiles.map((each) => each.replace(/^\.\//, '')), ...found]))
    addFile(path, files, manifest.file, writer);
  for (const [index, text] of manifest.rdfInline.entries()) addInline(text, `inline_${index}`, prologOf(manifest, new Map()), writer);
  for (const { name, text } of manifest.inferences) {
    translateQuery(text, { stem: name, file: manifest.file, line: 1, prolog: prologOf(manifest, new Map()) }, writer);
    writer.note('translated', `the inference ${name}`, 'a query that adds to the data', { file: manifest.file });
  }
}

/** The facts of one template: in ggen only that template sees them. */
export function translateOwnData(template: GgenTemplate, manifest: GgenManifest, source: GgenSource, writer: PackWriter): void {
  const { file, head, lineOf } = template;
  const named = textsAt(head, 'rdf');
  const inline = textsAt(head, 'rdf_inline');
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  for (const name of named) {
    const path = [directory + name, name, `templates/${name}`].find((each) => source.files.has(each as ProjectPath));
    addFile(path ?? name, source.files, file, writer, lineOf('rdf'));
  }
  for (const [index, text] of inline.entries()) {
    if (!/\{[{%]/.test(text)) addInline(text, `${file}_${index}`, prologOf(manifest, head), writer);
    else writer.diagnostics.push(unsupported(file, lineOf('rdf_inline'), VARIABLE_FACTS, INSTEAD));
  }
  if (named.length + inline.length > 0)
    writer.note('approximated', `the facts of ${file}`, 'every template sees them', {
      file,
      line: lineOf(named.length > 0 ? 'rdf' : 'rdf_inline'),
    });
}

function addFile(path: string, files: GgenSource['files'], from: string, writer: PackWriter, line = 1): void {
  if (path === ONTOLOGY || writer.data.some(({ entries }) => entries.get('default') === `data/${path}`)) return;
  const entry = files.get(path as ProjectPath);
  if (entry === undefined || decodeUtf8(entry.content) === undefined) {
    writer.diagnostics.push(unsupported(from, line, `there is no file ${JSON.stringify(path)} with facts`, 'name a file of the pack'));
    return;
  }
  writer.files.set(`data/${path}` as ProjectPath, entry);
  writer.addData(path.slice(path.lastIndexOf('/') + 1).replace(RDF, ''), `data/${path}`);
  writer.note('translated', `the facts in ${path}`, `data/${path}`, { file: path });
}

function addInline(text: string, stem: string, prolog: string, writer: PackWriter): void {
  const path = `data/${stem.replaceAll(/[^A-Za-z0-9]+/g, '-')}.ttl`;
  writer.write(path, prolog.replaceAll(/^PREFIX (.*)$/gm, '@prefix $1 .').replaceAll(/^BASE (.*)$/gm, '@base $1 .') + text);
  writer.addData(stem, path);
}
