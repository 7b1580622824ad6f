import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const MANIFEST = `[packages.npm]
a = { version = "^1.0.0", when = "true" }

[variables.team]
type = "string"
`;

describe('packs lint', () => {
  it('fails for errors, and with --strict for warnings', async () => {
    const { work, run } = makeWorkshop();
    const pack = writePack(join(work, 'pack'), { id: 'small', manifest: MANIFEST, files: { 'templates/a.jinja': '{{ team }}' } });
    expect(await run(['lint', pack])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('team has no prompt (missing-prompt)'),
    });
    expect(await run(['lint', pack, '--strict'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CHECK_FAILED') });
    writeFileSync(join(pack, 'templates', 'a.jinja'), '{{ tem }}');
    const failed = await run(['lint', './pack', '--json']);
    expect(failed.exitCode).toBe(2);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      ok: false,
      data: {
        findings: expect.arrayContaining([
          expect.objectContaining({ rule: 'undeclared-name', where: { file: 'templates/a.jinja', line: 1, column: 4 } }),
        ]),
      },
    });
  });

  it('fixes with a copy of what was there, keeps modes, and makes the next run clean of fixes', async () => {
    const { root, json } = makeWorkshop();
    const template = '#!/bin/sh\n{# packsmith: allow slow-template #}\necho {{ team }}\n';
    const pack = writePack(join(root, 'pack'), { id: 'small', manifest: MANIFEST, files: { 'templates/a.sh.jinja': template } });
    chmodSync(join(pack, 'templates', 'a.sh.jinja'), 0o755);
    const before = readFileSync(join(pack, 'pack.toml'), 'utf8');
    const { data } = await json(['lint', pack, '--fix']);
    expect(data).toMatchObject({ changed: expect.arrayContaining(['pack.toml', 'templates/a.sh.jinja']), counts: { fixable: 0 } });
    expect(readFileSync(join(data.backup, 'pack.toml'), 'utf8')).toBe(before);
    expect(readFileSync(join(data.backup, 'templates', 'a.sh.jinja'), 'utf8')).toBe(template);
    expect(readFileSync(join(pack, 'pack.toml'), 'utf8')).toContain('a = { version = "^1.0.0" }');
    expect(statSync(join(pack, 'templates', 'a.sh.jinja')).mode & 0o777).toBe(0o755);
    expect((await json(['lint', pack, '--fix'])).data).toMatchObject({ changed: [], backup: null });
    expect(readdirSync(join(pack, '.packsmith', 'lint-backup'))).toEqual(['1']);
  });

  it('refuses to fix what is no directory, and tells a manifest that cannot be read from findings', async () => {
    const { root, run } = makeWorkshop();
    expect(await run(['lint', 'web-api-starter', '--fix'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('REFERENCE_INVALID'),
    });
    const pack = writePack(join(root, 'bad'), { id: 'small', manifest: 'zzz = 1' });
    expect(await run(['lint', pack])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('MANIFEST_INVALID') });
  });

  it('prints SARIF with paths from the working directory, the map of variables, and the rules', async () => {
    const { work, succeed } = makeWorkshop();
    const files = { 'templates/{{ team | kebab_case }}.txt': '', 'templates/a.jinja': '{{ slug }}' };
    writePack(join(work, 'pack'), { id: 'small', manifest: `${MANIFEST}[variables.slug]\ntype = "string"\ncomputed = "team"\n`, files });
    const sarif = JSON.parse((await succeed(['lint', './pack', '--format', 'sarif'])).stdout);
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toMatch(/^pack\//);
    expect((await succeed(['lint', './pack', '--map'])).stdout).toBe(
      'team\n  a\n  {{ team | kebab_case }}.txt\n  pack.toml variables.slug\nslug\n  a\n',
    );
    expect((await succeed(['lint', '--list-rules'])).stdout).toContain('unused-variable');
  });
});
