import { describe, expect, it } from 'vitest';
import { factsOf, requestOf } from '../../../test/support/pack-world.ts';
import { formatDot, formatMermaid } from './format-graph.ts';
import { formatInvertedTree, formatTree } from './format-tree.ts';
import { graphToJson } from './graph-to-json.ts';
import type { Resolution } from './resolution.ts';
import { dependents, depth, levels } from './resolution-graph.ts';
import { solveWithFacts } from './solve-with-facts.ts';

const graph = resolve('stack ^1, logs *', {
  'stack 1.0.0': 'auth ^2, web >=1.0.0 <2.0.0, logs? ^3',
  'auth 2.1.0': 'core ^3',
  'web 1.4.0': 'core ^3, auth *',
  'core 3.0.1': 'base *',
  'base 1.0.0': '',
  'logs 3.0.0': 'base *',
});

function resolve(ask: string, world: Record<string, string>): Resolution {
  const answer = solveWithFacts(requestOf(ask), factsOf(world));
  if (answer.kind !== 'resolution') throw new Error('the test world has no solution');
  return answer;
}

describe('the graph of a resolution', () => {
  it('has levels in which no pack depends on another of the same or a later one', () => {
    expect(levels(graph)).toEqual([['base'], ['core', 'logs'], ['auth'], ['web'], ['stack']]);
    expect(depth(graph)).toBe(5);
    expect(levels({ packs: [] })).toEqual([]);
    expect(depth({ packs: [] })).toBe(0);
  });

  it('knows who depends on what', () => {
    expect(Object.fromEntries([...dependents(graph)].map(([pack, list]) => [pack, list.map((entry) => entry.pack)]))).toEqual({
      auth: ['stack', 'web'],
      base: ['core', 'logs'],
      core: ['auth', 'web'],
      logs: ['stack'],
      stack: [],
      web: ['stack'],
    });
  });

  it('is drawn as a tree, repeats marked', () => {
    expect(formatTree(graph, { annotate: ({ pack }) => (pack === 'core' ? '[12 kB]' : undefined) })).toMatchInlineSnapshot(`
      "logs 3.0.0
      └─ base 1.0.0
      stack 1.0.0
      ├─ auth 2.1.0
      │  └─ core 3.0.1 [12 kB]
      │     └─ base 1.0.0 (see above)
      ├─ logs 3.0.0 (optional) (see above)
      └─ web 1.4.0
         ├─ auth 2.1.0 (see above)
         └─ core 3.0.1 (see above)"
    `);
    expect(formatTree(graph, { from: ['web', 'unknown'] })).toMatchInlineSnapshot(`
      "web 1.4.0
      ├─ auth 2.1.0
      │  └─ core 3.0.1
      │     └─ base 1.0.0
      └─ core 3.0.1 (see above)"
    `);
  });

  it('is drawn upside down', () => {
    expect(formatInvertedTree(graph, { from: ['core'] })).toMatchInlineSnapshot(`
      "core 3.0.1
      ├─ auth 2.1.0
      │  ├─ stack 1.0.0 (asked for by project)
      │  └─ web 1.4.0
      │     └─ stack 1.0.0 (asked for by project) (see above)
      └─ web 1.4.0 (see above)"
    `);
  });

  it('is written as DOT, Mermaid and JSON', () => {
    const small = resolve('web *', { 'web 1.0.0': 'core >=1.0.0 <2.0.0, logs? *', 'core 1.5.0': 'logs *', 'logs 1.0.0': '' });
    expect(formatDot(small)).toMatchInlineSnapshot(`
      "digraph packs {
        node [shape=box];
        "core" [label="core 1.5.0"];
        "logs" [label="logs 1.0.0"];
        "web" [label="web 1.0.0", penwidth=2];
        "core" -> "logs" [label="*"];
        "web" -> "core" [label=">=1.0.0 <2.0.0"];
        "web" -> "logs" [label="*", style=dashed];
      }
      "
    `);
    expect(formatMermaid(small)).toMatchInlineSnapshot(`
      "flowchart TD
        p0["core 1.5.0"]
        p1["logs 1.0.0"]
        p2["web 1.0.0"]
        p0 -->|"*"| p1
        p2 -->|"#gt;=1.0.0 #lt;2.0.0"| p0
        p2 -.->|"*"| p1
      "
    `);
    expect(graphToJson(small)).toMatchInlineSnapshot(`
      {
        "depth": 3,
        "levels": [
          [
            "logs",
          ],
          [
            "core",
          ],
          [
            "web",
          ],
        ],
        "packs": [
          {
            "dependencies": [
              {
                "id": "logs",
                "optional": false,
                "range": "*",
                "version": "1.0.0",
              },
            ],
            "id": "core",
            "requestedBy": [],
            "version": "1.5.0",
          },
          {
            "dependencies": [],
            "id": "logs",
            "requestedBy": [],
            "version": "1.0.0",
          },
          {
            "dependencies": [
              {
                "id": "core",
                "optional": false,
                "range": ">=1.0.0 <2.0.0",
                "version": "1.5.0",
              },
              {
                "id": "logs",
                "optional": true,
                "range": "*",
                "version": "1.0.0",
              },
            ],
            "id": "web",
            "requestedBy": [
              "project",
            ],
            "version": "1.0.0",
          },
        ],
        "roots": [
          "web",
        ],
      }
    `);
  });
});
