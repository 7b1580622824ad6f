import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { createEnvironment } from '../jinja/environment.ts';
import type { Value } from '../pack/values.ts';
import { planHooks } from './plan-hooks.ts';

function plan(hook: string, answers: Record<string, Value>) {
  const manifest = `[variables.token]\ntype = "secret"\nrequired = false\n\n[variables.name]\ntype = "string"\ndefault = "x"\n\n[[hooks.post_generate]]\nname = "h"\n${hook}\n`;
  const context = new Map(Object.entries(answers));
  return planHooks({ pack: makePack({ manifest }), context, environment: createEnvironment(), budget: createBudget(DEFAULT_LIMITS) });
}

describe('planHooks', () => {
  it('renders each argument by itself, so that no value becomes two', () => {
    expect(plan('run = ["echo", "{{ name }}"]', { name: 'a b; rm -rf /', token: '' })[0]?.run).toEqual(['echo', 'a b; rm -rf /']);
  });

  it('leaves out what does not apply', () => {
    expect(plan('run = ["echo"]\nwhen = "name == \'y\'"', { name: 'x', token: '' })).toEqual([]);
  });

  it('refuses a secret in an argument, however it got there', () => {
    const run = (argument: string) => () => plan(`run = ["curl", "${argument}"]`, { name: 'key s3cret', token: 's3cret' });
    for (const argument of ['{{ token }}', 'x-{{ token }}-y', '{{ name }}'])
      expect(run(argument)).toThrow(expect.objectContaining({ code: 'TEMPLATE_FAILED' }));
    expect(run('{{ name | length }}')).not.toThrow();
  });
});
