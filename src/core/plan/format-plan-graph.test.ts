import { describe, expect, it } from 'vitest';
import type { PackName } from '../pack/pack-name.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { formatPlanDot, formatPlanMermaid } from './format-plan-graph.ts';
import type { GenerationPlan } from './generation-plan.ts';

const pack = (id: string) => ({ id, version: '1.0.0', source: 'builtin', integrity: 'sha512-x', because: 'asked for' });
const [a, b] = ['a', 'b'] as PackName[] as [PackName, PackName];

const PLAN: GenerationPlan = {
  format: 1,
  operation: 'compose',
  packs: [pack('a'), pack('b')],
  answers: [],
  paths: [],
  decisions: [{ path: '.gitignore' as ProjectPath, packs: [a, b], how: 'merged', driver: 'lines', by: 'default' }],
  conflicts: [{ path: 'x "y".ts' as ProjectPath, ours: a, theirs: b, places: [], isAsked: false }],
  contents: {},
  hooks: [],
  warnings: [],
};

describe('plan graphs', () => {
  it('as Graphviz', () => {
    expect(formatPlanDot(PLAN)).toBe(`digraph plan {
  rankdir=LR;
  "pack a" [label="a 1.0.0", shape=box];
  "pack b" [label="b 1.0.0", shape=box];
  "path .gitignore" [label=".gitignore", shape=note];
  "path x \\"y\\".ts" [label="x \\"y\\".ts", shape=octagon];
  "pack a" -> "path .gitignore" [label="merged as lines"];
  "pack b" -> "path .gitignore" [label="merged as lines"];
  "pack a" -> "path x \\"y\\".ts" [label="conflict"];
  "pack b" -> "path x \\"y\\".ts" [label="conflict"];
}
`);
  });

  it('as Mermaid', () => {
    expect(formatPlanMermaid(PLAN)).toBe(`flowchart LR
  n0["a 1.0.0"]
  n1["b 1.0.0"]
  n2(".gitignore")
  n3{{"x #quot;y#quot;.ts"}}
  n0 -->|"merged as lines"| n2
  n1 -->|"merged as lines"| n2
  n0 -->|"conflict"| n3
  n1 -->|"conflict"| n3
`);
  });

  it('with what their languages read otherwise', () => {
    const decisions = [{ path: 'a#\n"b"\\.ts' as ProjectPath, packs: [a], how: 'same' as const, driver: undefined, by: 'default' }];
    const plan = { ...PLAN, packs: [pack('a')], decisions, conflicts: [] };
    expect(formatPlanDot(plan)).toBe(`digraph plan {
  rankdir=LR;
  "pack a" [label="a 1.0.0", shape=box];
  "path a# \\"b\\"\\\\.ts" [label="a# \\"b\\"\\\\.ts", shape=note];
  "pack a" -> "path a# \\"b\\"\\\\.ts" [label="same"];
}
`);
    expect(formatPlanMermaid(plan)).toBe(`flowchart LR
  n0["a 1.0.0"]
  n1("a#35; #quot;b#quot;\\.ts")
  n0 -->|"same"| n1
`);
  });
});
