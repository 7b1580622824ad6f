// Rejects imports against the layer table of docs/contributing/architecture.md, import cycles, and host access that types cannot see.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const LAYERS = {
  core: ['core'],
  ports: ['ports', 'core'],
  ops: ['ops', 'core', 'ports'],
  adapters: ['adapters', 'core', 'ports'],
  testing: ['testing', 'core', 'ports'],
  'node-ports': ['core', 'ports', 'adapters'],
  cli: ['cli', 'core', 'ports', 'ops', 'node-ports'],
  index: ['core', 'ports', 'ops', 'node-ports'],
  'fast-path': ['core', 'ports', 'ops', 'adapters', 'cli'],
};

/** Pure libraries the core may use; everything else from npm enters through an adapter or the shell. */
const CORE_LIBRARIES = ['smol-toml', 'yaml', 'valibot', 'semver', 're2js', 'jsonc-parser', '@decimalturn/toml-patch'];

const BANNED = [
  { layers: ['core'], pattern: /\bDate\b(?!Time)/, use: 'the recorded instant that the caller passes in' },
  { layers: ['core'], pattern: /\bMath\.random\b/, use: 'a value the caller passes in' },
  { layers: ['core', 'ops', 'ports'], pattern: /\.localeCompare\(/, use: 'compareText from core/text/compare-text.ts' },
  {
    layers: ['core', 'ops', 'ports', 'adapters', 'testing', 'index'],
    pattern: /\bconsole\./,
    use: 'a returned value, or the Reporter port',
  },
  {
    layers: ['core', 'ops', 'ports', 'adapters', 'testing', 'index'],
    pattern: /\bprocess\.(env|exit|argv|std)/,
    use: 'settings passed in by the cli',
  },
  {
    layers: ['core', 'ops', 'ports', 'testing', 'cli'],
    pattern: /from 'node:(fs|child_process)/,
    use: 'a port',
    except: /^src\/cli\/(main|fast-path|terminal-)/,
  },
];

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
  .sort();

const problems = [];
const graph = new Map();
for (const file of files) {
  const layer = layerOf(file);
  if (layer === undefined) problems.push(`${file}: no layer of the table owns this file`);
  const text = readFileSync(join(root, file), 'utf8');
  graph.set(file, []);
  for (const specifier of ts.preProcessFile(text).importedFiles.map((found) => found.fileName)) checkImport(file, layer, specifier);
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
  for (const ban of BANNED) {
    if (ban.layers.includes(layer) && ban.pattern.test(code) && !ban.except?.test(file))
      problems.push(`${file}: ${ban.pattern} is banned here; use ${ban.use}`);
  }
}
findCycles();

for (const problem of problems) console.error(problem);
console.log(`layers: ${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function layerOf(file) {
  if (!file.startsWith('src/')) return undefined;
  const [, first, second] = file.split('/');
  const name = second === undefined ? first.replace(/\.ts$/, '') : first;
  return name in LAYERS ? name : undefined;
}

function checkImport(file, layer, specifier) {
  if (!specifier.startsWith('.')) {
    const library = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];
    if (layer === 'core' && !CORE_LIBRARIES.includes(library)) problems.push(`${file}: core may not import ${specifier}`);
    return;
  }
  const target = relative(root, resolve(join(root, dirname(file)), specifier)).replaceAll('\\', '/');
  graph.get(file).push(target);
  const targetLayer = layerOf(target);
  if (layer !== undefined && targetLayer !== undefined && !LAYERS[layer].includes(targetLayer))
    problems.push(`${file}: ${layer} may not import ${targetLayer} (${target})`);
  if (/^src\/(index|testing\/index)\.ts$/.test(target)) problems.push(`${file}: inside, import the file itself, not the door ${target}`);
}

function findCycles() {
  const state = new Map();
  const visit = (file, path) => {
    if (state.get(file) === 'done' || !graph.has(file)) return;
    if (state.get(file) === 'open') {
      problems.push(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file)) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
}
