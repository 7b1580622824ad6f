// Loaded by the program before anything else where coverage is measured (see test/support/readable-program.ts): when the process ends, how often
// each part of the program's files was executed is written into a directory. A process that is killed writes nothing, and counts as not run.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');

/** Node's own variable would be inherited by what the program starts, and be seen by it. */
exports.recordExecution = (directory) => {
  // Functions that come compiled from a cache have no counters of their own.
  process.env.NODE_DISABLE_COMPILE_CACHE = '1';
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  process.once('exit', () => {
    session.post('Profiler.takePreciseCoverage', (_error, taken) => write(directory, taken?.result ?? []));
  });
};

/** For each file of the program, its ranges one after the other, each as start, end and count. */
function write(directory, scripts) {
  const executed = {};
  for (const { url, functions } of scripts) {
    const name = /\/dist\/((?:bin|cli)\/[^/]+\.cjs)$/.exec(url)?.[1];
    if (name === undefined) continue;
    const ranges = functions.flatMap((entry) => entry.ranges);
    executed[name] = ranges.flatMap(({ startOffset, endOffset, count }) => [startOffset, endOffset, count]);
  }
  try {
    // Who is killed while it writes leaves no half of it.
    const file = `${directory}/${process.pid}-${process.hrtime.bigint()}`;
    writeFileSync(file, JSON.stringify(executed));
    renameSync(file, `${file}.json`);
  } catch {
    // What cannot be recorded counts as not run.
  }
}
