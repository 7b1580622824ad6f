import { judgeCode, loadCode } from '../../../src/core/foreign/extensions/extension-code.ts';
import { createBudget } from '../../../src/core/jinja/budget.ts';
import { createEnvironment } from '../../../src/core/jinja/environment.ts';
import { renderTemplate } from '../../../src/core/jinja/render-template.ts';
import type { Value } from '../../../src/core/pack/values.ts';
import { attempt, type FuzzTarget, hold, textOf } from '../fuzz-target.ts';
import { FAILURES, LIMITS, SCOPE } from '../template-scope.ts';

const NAME = 'e.py:A';

/** Everything that an extension does in a template, as text: what is made of it twice is the same. */
function outcomeOf(source: string): string {
  const readFile = (path: string): string | undefined =>
    path === 'e.py' ? source : path === 'lib.py' ? 'from e import A\nx = [1]\n' : undefined;
  const problem = judgeCode(readFile, createBudget(LIMITS))(NAME);
  if (problem !== undefined) return `refused: ${problem}`;
  const { filters, tests, globals, changeContext } = loadCode(
    [NAME],
    { now: SCOPE.now, readFile, chance: { seed: 's', hash: SCOPE.hash } },
    createBudget(LIMITS),
  );
  const environment = createEnvironment({
    settings: { python: true, undefinedBehavior: 'default' },
    filters,
    tests,
    functions: globals,
    changeContext,
  });
  const context = new Map<string, Value>([
    ['a', 'b c'],
    ['l', [1, 'x']],
    ['_copier_phase', 'render'],
  ]);
  const before = JSON.stringify([...context]);
  const texts = [
    '{{ new }}{{ a }}{{ l }}',
    ...[...filters.keys()].map((name) => `{{ a | ${name} }}{{ l | ${name} }}`),
    ...[...tests.keys()].map((name) => `{{ a is ${name} }}`),
    ...[...globals({ budget: createBudget(LIMITS) } as never).keys()].map((name) => `{{ ${name} }}{{ ${name}(a) }}`),
  ];
  const made = texts.map((text) => {
    const result = attempt(FAILURES, () => renderTemplate(text, { name: 't', context, environment, budget: createBudget(LIMITS) }));
    return 'code' in result ? result.code : result.value;
  });
  hold(JSON.stringify([...context]) === before, 'an extension changes the answers');
  return `made: ${JSON.stringify(made)}`;
}

export const python: FuzzTarget = {
  name: 'python',
  subject: 'extensions in Python that stand in a template, as the programs that they are',
  laws: [
    'read, or refused with what is wrong; what runs fails as templates do, and in no other way',
    'keeps the limits of templates, however it loops, calls itself, and makes texts, lists and classes grow',
    'changes no answer',
    'gives the same when it is read and run again',
  ],
  words: [
    ...'def class if elif else for in while try except finally raise return yield lambda import from as and or not is None True False pass break continue global nonlocal del assert with match case'.split(
      ' ',
    ),
    ...'= == != < > <= >= + - * ** / // % | += |= := -> : , . ( ) [ ] { } @ ; * ** 0 1 -1 1e9 0x_ 10**9 "a" \'b\' f"{a!r:>9}" r"\\d+" """ # \n  \n    \n        '.split(
      ' ',
    ),
    ...'str int float bool list tuple set dict type object len range sorted map filter zip sum min max any all iter next isinstance getattr setattr hasattr super property print'.split(
      ' ',
    ),
    ...'import re import json import yaml import os import sys import subprocess from pathlib import Path from datetime import datetime from lib import x import e from . from .lib import * import random import urllib.parse from cookiecutter.utils import simple_filter @simple_filter @pass_context timedelta namedtuple open('.split(
      ' ',
    ),
    ...'re.sub( re.findall( json.loads( json.dumps( yaml.safe_load( Path(__file__) .parent .read_text() .split( .join( .replace( .format( .append( .items() .update( .strftime('.split(
      ' ',
    ),
    ...'Extension ContextHook hook environment.filters environment.tests environment.globals self context __init__ __str__ __bool__ __iter__ __getitem__ __call__ __class__ __proto__ constructor Exception ValueError'.split(
      ' ',
    ),
  ],
  maxBytes: 3000,
  run: (input) => {
    const source = textOf(input);
    const outcome = outcomeOf(source);
    hold(outcome === outcomeOf(source), 'a second run gives something else');
    return /^refused: .*?(?=["'\d]|$)/s.exec(outcome)?.[0].slice(0, 60) ?? 'made';
  },
};
