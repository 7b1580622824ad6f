// The least that can write these files: texts at hand, one call each, nothing checked, nothing staged, nothing flushed.
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [textsFile, target] = process.argv.slice(2);
const made = new Set();
for (const [path, text] of Object.entries(JSON.parse(readFileSync(textsFile, 'utf8')))) {
  const full = join(target, path);
  const directory = dirname(full);
  if (!made.has(directory)) mkdirSync(directory, { recursive: true });
  made.add(directory);
  writeFileSync(full, text);
}
