import { describe, expect, it } from 'vitest';
import { apply, flags, request, world } from '../../../test/support/memory-world.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkAnswers } from './check-answers.ts';
import { planGeneration } from './plan-generation.ts';

const VARIABLES = '[variables.port]\ntype = "integer"\ndefault = 3000\n\n[variables.name]\ntype = "string"\ndefault = "x"\n';
const FILES = { 'templates/a.jinja': '{{ port }}\n' };
const SECRET = '\n[variables.token]\ntype = "secret"\n';

interface Scene {
  readonly manifest?: string;
  readonly given?: readonly string[];
  readonly edit: (text: string) => string;
  /** Whether the pack is another than it was. */
  readonly isWorkedOn?: boolean;
}

/** What is found after packsmith.toml was edited, and perhaps the pack. */
async function check({ manifest = VARIABLES, given = [], edit, isWorkedOn = false }: Scene) {
  const ports = world([makePack({ id: 'web', manifest, files: FILES })]);
  await apply(await planGeneration(request(['web'], { given: flags(...given) }), ports), ports);
  ports.project.put('packsmith.toml', edit(ports.project.toTexts()['packsmith.toml'] ?? ''));
  if (!isWorkedOn) return checkAnswers({}, ports);
  const { repository } = world([{ ...makePack({ id: 'web', manifest, files: FILES }), integrity: 'sha512-other' }]);
  return checkAnswers({}, { ...ports, repository });
}

describe('the answers of packsmith.toml', () => {
  it('are those of the project where nobody changed them', async () => {
    expect(await check({ edit: (text) => text })).toEqual({ areOther: false, unknown: [] });
    expect(await check({ edit: (text) => text, manifest: VARIABLES + SECRET, given: ['token=abc'] })).toEqual({
      areOther: false,
      unknown: [],
    });
  });

  it('are named where one is another than the default that the project has', async () => {
    const changed = { name: 'port', asked: 8081, applied: 3000 };
    const edit = (text: string) => text.replace('3000', '8081');
    expect(await check({ edit })).toEqual({ areOther: true, changed, unknown: [] });
    expect(await check({ edit, manifest: VARIABLES + SECRET, given: ['token=abc'] })).toEqual({ areOther: true, changed, unknown: [] });
  });

  it('are known to be others, and not which, where the project has no default', async () => {
    const scene = { given: ['port=9000'], edit: (text: string) => text.replace('9000', '8081') };
    expect(await check(scene)).toEqual({ areOther: true, unknown: [] });
    const withSecret = { ...scene, given: ['port=9000', 'token=abc'], manifest: VARIABLES + SECRET };
    expect(await check(withSecret)).toEqual({ areOther: false, unknown: [] });
  });

  it('are known to no pack where a key is mistyped, and the nearest is named', async () => {
    const { unknown } = await check({ edit: (text) => `${text}prot = 8080\n` });
    expect(unknown).toEqual([expect.stringMatching(/web has no variable prot \(from packsmith\.toml\): did you mean "port"\?/)]);
  });

  it('are not compared where the pack is another than it was, nor where they do not hold', async () => {
    const edit = (text: string) => text.replace('3000', '8081');
    expect(await check({ edit, isWorkedOn: true })).toEqual({ areOther: false, unknown: [] });
    expect(await check({ edit: (text) => text.replace('3000', '"no"') })).toEqual({ areOther: false, unknown: [] });
  });
});
