// Loads a catalogue into packsmith's engine, keeps it, opens it again, and asks: `FILE QUESTIONS ROUNDS WORKER CACHE`. Prints times as JSON.
import { readFileSync } from 'node:fs';
import { OxigraphEngine } from '../../src/adapters/sparql/oxigraph-engine.ts';
import type { SparqlEngine } from '../../src/ports/sparql-engine.ts';

const [file = '', questions = '[]', rounds = '3', workerFile = '', cacheDirectory = ''] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const LIMITS = { milliseconds: 120_000, rows: 10_000_000 };

const load = await timed(() => open(new OxigraphEngine({ workerFile, cacheDirectory })));
await load.value.engine.close();
const kept = await timed(() => open(new OxigraphEngine({ workerFile, cacheDirectory })));
const answers = [];
for (const question of JSON.parse(questions) as { readonly text: string }[]) {
  const times: number[] = [];
  let count = 0;
  for (let round = 0; round <= Number(rounds); round++) {
    const { milliseconds, value } = await timed(() => kept.value.store.query({ text: question.text, name: 'question', limits: LIMITS }));
    count = value.kind === 'rows' ? value.rows.length : 0;
    times.push(milliseconds);
  }
  answers.push({ first: times[0], times: times.slice(1), count });
}
await kept.value.engine.close();
console.log(JSON.stringify({ load: load.milliseconds, kept: kept.milliseconds, answers, rss: process.resourceUsage().maxRSS / 1024 }));

async function open(engine: SparqlEngine) {
  const opened = await engine.openKept({ key: file, load: async () => [{ text, format: 'nquads', name: file }] });
  if (opened.kind === 'invalid') throw new Error(JSON.stringify(opened.diagnostics));
  return { engine, store: opened.store };
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ readonly milliseconds: number; readonly value: Value }> {
  const start = performance.now();
  const value = await work();
  return { milliseconds: performance.now() - start, value };
}
