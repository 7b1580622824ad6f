import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openCycloneDx } from '../support/cyclonedx.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const MANIFEST = `[dependencies]
base-typescript = "^1.0.0"
[packages.npm]
fastify = "^5.0.0"
vitest = { version = "^4.0.0", dev = true }
unused = { version = "^1.0.0", when = "big" }
[packages.pypi]
Flask_Cors = ">=4"
[packages.cargo]
serde = "1"
[variables.big]
type = "boolean"
default = false
`;

const open = () => {
  const workshop = makeWorkshop();
  writePack(join(workshop.work, 'pack'), { id: '@acme/small', manifest: MANIFEST, files: { 'templates/a.txt': 'a\n' } });
  return workshop;
};

describe('bills of materials', () => {
  it('are valid by the official schema of CycloneDX 1.6, for a pack and for a project', async () => {
    const { succeed } = open();
    const validate = openCycloneDx();
    const pack = JSON.parse((await succeed(['export', './pack', '--format', 'cyclonedx'])).stdout);
    expect(validate(pack) ? [] : validate.errors).toEqual([]);
    expect(pack.components.map(({ purl }: { purl: string }) => purl)).toEqual(
      expect.arrayContaining([
        'pkg:generic/%40acme/small@1.0.0',
        'pkg:generic/base-typescript@1.0.0',
        'pkg:npm/fastify',
        'pkg:pypi/flask-cors',
        'pkg:cargo/serde',
      ]),
    );
    expect(JSON.stringify(pack)).not.toContain('pkg:npm/unused');
    await succeed(['generate', './pack', 'out', '--var', 'big=true']);
    const project = JSON.parse((await succeed(['export', '--format', 'cyclonedx', '--cwd', 'out'])).stdout);
    expect(validate(project) ? [] : validate.errors).toEqual([]);
    expect(project.metadata.component).toMatchObject({ name: 'out' });
    expect(JSON.stringify(project)).toContain('pkg:npm/unused');
    expect(validate({ ...project, components: [{ type: 'nothing' }] })).toBe(false);
    const known = new Set([
      project.metadata.component['bom-ref'],
      ...project.components.map((each: { 'bom-ref': string }) => each['bom-ref']),
    ]);
    const refs = project.dependencies.flatMap(({ ref, dependsOn = [] }: { ref: string; dependsOn?: string[] }) => [ref, ...dependsOn]);
    expect(refs.filter((ref: string) => !known.has(ref))).toEqual([]);
  });

  it('are the same bytes each time, in SPDX 2.3 with a stated instant and identifiers that all exist', async () => {
    const { succeed, run } = open();
    const args = ['export', './pack', '--format', 'spdx'];
    const { stdout } = await succeed(args);
    expect((await succeed(args)).stdout).toBe(stdout);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: 'SPDXRef-DOCUMENT',
      creationInfo: { created: '1970-01-01T00:00:00Z' },
    });
    const ids = ['SPDXRef-DOCUMENT', ...document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id: string) => /^SPDXRef-[A-Za-z0-9.-]+$/.test(id))).toBe(true);
    for (const { spdxElementId, relatedSpdxElement } of document.relationships)
      expect(ids).toEqual(expect.arrayContaining([spdxElementId, relatedSpdxElement]));
    const dated = await succeed(args, { env: { SOURCE_DATE_EPOCH: '1700000000' } });
    expect(JSON.parse(dated.stdout).creationInfo.created).toBe('2023-11-14T22:13:20Z');
    expect((await run(args, { env: { SOURCE_DATE_EPOCH: 'now' } })).exitCode).toBe(2);
  });

  it('are a play for Ansible, with what is not shipped at exactly its version', async () => {
    const { succeed } = open();
    const [play] = parse((await succeed(['export', './pack', '--format', 'ansible'])).stdout);
    const commands = play.tasks.flatMap((task: Record<string, { argv?: string[] }>) =>
      task['ansible.builtin.command']?.argv === undefined ? [] : [task['ansible.builtin.command'].argv.join(' ')],
    );
    expect(commands).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^npm install .*fastify@\^5\.0\.0/),
        expect.stringMatching(/^npm install --save-dev .*vitest@\^4\.0\.0/),
        'cargo add serde@1',
      ]),
    );
    expect(play.tasks.find((task: object) => 'ansible.builtin.pip' in task)['ansible.builtin.pip'].name).toEqual(['Flask_Cors>=4']);
  });

  it('are refused for the catalogue, and where there is no project', async () => {
    const { run } = open();
    expect((await run(['export', '--catalogue', '--format', 'spdx'])).exitCode).toBe(2);
    expect(await run(['export', '--format', 'spdx'])).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('PROJECT_NOT_FOUND') });
  });
});
