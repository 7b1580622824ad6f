import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { openCycloneDx } from '../support/cyclonedx.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** What a terminal obeys, what turns the direction of text, quotes of every format, ends of lines, and a template of Ansible. */
const EVIL = '\u001b]0;owned\u0007\u009b2J\u202e\u2066"\'\\</script>\u2028\n---\n- {{ lookup("pipe", "id") }} #';

/** Two packs whose texts attack the documents, and whose packages have names that are one. */
function plant({ work, home }: Workshop): void {
  const manifest = (packages: string): string =>
    `${packages}\n[variables.a]\ntype = "string"\ndefault = "a"\ndescription = ${asToml(EVIL)}\n`;
  writePack(join(work, 'packs', 'other'), {
    id: 'other',
    manifest: manifest('[packages.pypi]\nFlask_Cors = ">=4"\n[packages.npm]\n"--global" = "^1.0.0"\n'),
    files: { 'templates/b.txt': 'b\n' },
  });
  writePack(join(work, 'packs', 'evil'), {
    id: 'evil',
    manifest: `[dependencies]\nother = "*"\n${manifest('[packages.pypi]\n"flask.cors" = "<6"\n')}`,
    files: { 'templates/a.txt': 'a\n' },
  });
  for (const id of ['other', 'evil']) describeEvilly(join(work, 'packs', id, 'pack.toml'));
  mkdirSync(join(home, 'packsmith'));
  writeFileSync(join(home, 'packsmith', 'config.toml'), `[repositories]\ndirectories = [${JSON.stringify(join(work, 'packs'))}]\n`);
}

/** Every character beyond letters escaped, as TOML has it. */
const asToml = (text: string): string =>
  `"${[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;

function describeEvilly(file: string): void {
  const text = readFileSync(file, 'utf8').replace(/^(?:title|description|license) = .*\n/gm, '');
  const texts = `title = ${asToml(EVIL)}\ndescription = ${asToml(EVIL + 'x'.repeat(300))}\nlicense = "MIT OR GPL-9000-only"\n`;
  writeFileSync(
    file,
    text.replace('[pack]\n', () => `[pack]\n${texts}`),
  );
}

const NAME = "it's {{ 7 * 7 }} {% endraw %} ünd";

describe('bills of materials of hostile packs', () => {
  it.each(['pack', 'project'])('are valid documents, and hold nothing that is obeyed where they are shown: of a %s', async (kind) => {
    const workshop = makeWorkshop();
    plant(workshop);
    await workshop.succeed(['generate', 'evil', NAME]);
    const where = kind === 'pack' ? { args: ['evil'], cwd: workshop.work } : { args: [], cwd: join(workshop.work, NAME) };
    const bill = async (format: string): Promise<string> => {
      const { stdout, stderr } = await workshop.succeed(['export', ...where.args, '--format', format], { cwd: where.cwd });
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/u);
      return stdout;
    };
    const validate = openCycloneDx();
    const cyclone = JSON.parse(await bill('cyclonedx'));
    expect(validate(cyclone) ? [] : validate.errors).toEqual([]);
    const refs: string[] = cyclone.components.map((component: Record<string, string>) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toContain('pkg:pypi/flask-cors');
    expect(cyclone.components[0].description).toContain(EVIL);
    const spdx = JSON.parse(await bill('spdx'));
    expect(spdx.documentNamespace).toBe(encodeURI(decodeURI(spdx.documentNamespace)));
    for (const { licenseDeclared } of spdx.packages) expect(licenseDeclared).toMatch(/^(?:NOASSERTION|MIT OR GPL-9000-only)$/);
    const play = parseDocument(await bill('ansible'));
    expect(play.errors).toEqual([]);
    const npm = play.toJS()[0].tasks.find(({ name }: { name: string }) => name.includes('npm'))['ansible.builtin.command'].argv;
    expect(npm.indexOf('--')).toBeLessThan(npm.findIndex((word: string) => word.startsWith('--global')));
    if (kind === 'project') expect(String(play)).toMatch(/name: !unsafe .*7 \* 7/);
  });
});
