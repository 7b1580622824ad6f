import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { answerOrder, renderOrder } from './pack-order.ts';

/** `{ app: 'core logs' }`: app depends on core and logs. */
function packs(world: Record<string, string>) {
  return Object.entries(world).map(([id, needs]) => {
    const dependencies = needs.split(' ').filter(Boolean);
    return makePack({ id, manifest: `[dependencies]\n${dependencies.map((name) => `${name} = "*"`).join('\n')}` });
  });
}

const CASES: readonly [string, Record<string, string>, string[], string, string][] = [
  ['independent packs as asked for', { a: '', b: '' }, ['b', 'a'], 'b a', 'b a'],
  ['a chain', { app: 'core', core: 'base', base: '' }, ['app'], 'base core app', 'app core base'],
  ['a diamond', { app: 'left right', left: 'base', right: 'base', base: '' }, ['app'], 'base left right app', 'app left base right'],
  ['a root that another needs', { app: 'core', core: '' }, ['core', 'app'], 'core app', 'core app'],
  ['an optional dependency that is absent', { app: 'core' }, ['app'], 'app', 'app'],
];

describe('pack order', () => {
  it.each(CASES)('%s', (_what, world, roots, render, answers) => {
    const ids = (ordered: ReturnType<typeof packs>) => ordered.map(({ manifest }) => manifest.id).join(' ');
    expect(ids(renderOrder(packs(world), roots))).toBe(render);
    expect(ids(answerOrder(packs(world), roots))).toBe(answers);
  });
});
