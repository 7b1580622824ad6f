// The same with Comunica over a store of N3: `FILE QUESTIONS ROUNDS PEERS`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [file, questions, rounds, peers] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const load = createRequire(join(peers, 'package.json'));

const loaded = await timed(async () => {
  const [{ QueryEngine }, { Parser, Store }] = ['@comunica/query-sparql-rdfjs-lite', 'n3'].map((name) => load(name));
  const store = new Store(new Parser({ format: 'N-Quads' }).parse(text));
  return { engine: new QueryEngine(), store };
});
const { engine, store } = loaded.value;
const answers = [];
for (const question of JSON.parse(questions)) {
  const times = [];
  let count = 0;
  for (let round = 0; round <= Number(rounds); round++) {
    const { milliseconds, value } = await timed(async () => (await engine.queryBindings(question.text, { sources: [store] })).toArray());
    count = value.length;
    times.push(milliseconds);
  }
  answers.push({ first: times[0], times: times.slice(1), count });
}
console.log(JSON.stringify({ load: loaded.milliseconds, answers, rss: process.resourceUsage().maxRSS / 1024 }));

async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { milliseconds: performance.now() - start, value };
}
