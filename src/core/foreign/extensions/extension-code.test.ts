import { describe, expect, it } from 'vitest';
import { createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import { createEnvironment } from '../../jinja/environment.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import { judgeCode, loadCode } from './extension-code.ts';

const HEAD =
  'from jinja2.ext import Extension\nclass A(Extension):\n    def __init__(self, environment):\n        super().__init__(environment)\n';

function problem(body: string, budget = createBudget(DEFAULT_LIMITS)): string | undefined | null {
  return judgeCode((path) => (path === 'e.py' ? HEAD + body : undefined), budget)('e.py:A');
}

describe('the code of extensions', () => {
  it.each([
    ['        environment.filters = 5\n', 'e.py: environment.filters is no dict of names'],
    ['        environment.tests = {1: 2}\n', 'e.py: environment.tests is no dict of names'],
    ['        environment.filters["x"] = lambda a: a\n', undefined],
    ['        environment.extend(size=3)\n        environment.filters["x"] = lambda a: environment.size\n', undefined],
    ['    def parse(self, parser):\n        pass\n', 'e.py:5: the extension A changes how templates are read (parse)'],
    ['        environment.trim_blocks = True\n', 'e.py:3: the extension A changes how templates are read (trim_blocks)'],
    ['        Extension.hook = 1\n', "e.py:5: TypeError: cannot set 'hook' attribute of immutable type 'Extension'"],
  ])('is refused with what is wrong: %j', (body, message) => expect(problem(body)).toBe(message));

  it('shares one budget, however many extensions there are', () => {
    const budget = createBudget({ ...DEFAULT_LIMITS, steps: 10_000 });
    const work = '        for i in range(1000): pass\n';
    const found = Array.from({ length: 20 }, () => problem(work, budget));
    expect(found[0]).toBeUndefined();
    expect(found.at(-1)).toMatch(/limit "steps"/);
  });

  it('goes on where it was once it has called a macro that calls it', () => {
    const code = [
      'class B:\n    def end(self):\n        return "b"',
      'class C(B):\n    def end(self, call):\n        return call(1) + super().end()',
      'class A(Extension):\n    def __init__(self, environment):\n        environment.filters["up"] = lambda x: "u"\n        environment.filters["run"] = lambda m: C().end(m)',
    ];
    const source = `from jinja2.ext import Extension\n${code.join('\n')}\n`;
    const { filters } = loadCode(['e.py:A'], { now: '2026-01-02T03:04:05Z', readFile: (path) => (path === 'e.py' ? source : undefined) });
    const environment = createEnvironment({ settings: { python: true }, filters });
    const render = (text: string): string =>
      renderTemplate(text, { name: 't', context: new Map(), environment, budget: createBudget(DEFAULT_LIMITS) });
    expect(render('{% macro m(x) %}{{ x | up }}{% endmacro %}{{ m | run }}')).toBe('ub');
    expect(() => render('{% macro m(x) %}{{ m | run }}{% endmacro %}{{ m | run }}')).toThrow(/^e\.py:\d+: rendering went/);
  });

  it('is read once, however often it asks for a file', () => {
    let count = 0;
    const readFile = (path: string): string | undefined => {
      if (path === 'data.py') count++;
      return path === 'e.py'
        ? `${HEAD}        for i in range(100): Path("/template/data.py").exists()\nfrom pathlib import Path\n`
        : undefined;
    };
    loadCode(['e.py:A'], { now: '2026-01-02T03:04:05Z', readFile });
    expect(count).toBe(1);
  });
});
