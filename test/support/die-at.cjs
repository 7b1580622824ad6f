// Loaded before the program by `--require`: counts every change that it makes below a directory, and ends it by SIGKILL at one of them.
const fs = require('node:fs');

const { DIE_WITHIN: within, DIE_AT: at, DIE_REPORT: report } = process.env;
const steps = [];
const opened = new Map();

const ORIGINAL = { ...fs };
// What removes whole directories calls these for each entry.
const NAMES = ['mkdirSync', 'renameSync', 'linkSync', 'unlinkSync', 'rmdirSync', 'copyFileSync', 'cpSync', 'chmodSync', 'symlinkSync'];

for (const name of NAMES) {
  fs[name] = (target, ...rest) => {
    step(name, typeof rest[0] === 'string' ? [target, rest[0]] : [target]);
    return ORIGINAL[name](target, ...rest);
  };
}

// Dying at the write leaves an empty file, so that making it is no step of its own.
fs.openSync = (path, flags, ...rest) => {
  const descriptor = ORIGINAL.openSync(path, flags, ...rest);
  opened.set(descriptor, path);
  return descriptor;
};

fs.writeFileSync = (target, content, ...rest) => {
  const half = content.slice(0, content.length >> 1);
  step('writeFileSync', [opened.get(target) ?? target], () => ORIGINAL.writeFileSync(target, half, ...rest));
  return ORIGINAL.writeFileSync(target, content, ...rest);
};

if (report) process.on('exit', () => ORIGINAL.writeFileSync(report, JSON.stringify(steps)));

/** Every second write that it dies at is left half done. */
function step(name, paths, tear) {
  if (!paths.some((path) => typeof path === 'string' && path.startsWith(within))) return;
  steps.push(`${name} ${paths.map((path) => String(path).slice(within.length + 1)).join(' ')}`);
  if (steps.length !== Number(at)) return;
  if (steps.length % 2 === 0) tryTo(tear);
  process.kill(process.pid, 'SIGKILL');
}

function tryTo(tear) {
  try {
    tear?.();
  } catch {
    // It would have failed as a whole, too.
  }
}
