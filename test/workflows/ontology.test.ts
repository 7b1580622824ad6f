import { appendFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installPackages, runInProject } from '../support/generated-project.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { SHIPPED } from '../support/shipped-packs.ts';

const makeWorkshop = makeWorkshops();
const SHOP = readFileSync(join(SHIPPED, 'ontology-types', 'example', 'shop.ttl'), 'utf8');

/** Vocabularies as npm packages ship them, and the namespaces whose classes are taken where they have several. */
const VOCABULARIES = [
  { name: 'foaf', classes: ['person', 'document'], base: [] },
  { name: 'dcat', classes: ['dataset', 'catalog'], base: [] },
  { name: 'prov', classes: ['entity', 'activity'], base: [] },
  { name: 'schema', classes: ['product', 'recipe', 'item-availability'], base: ['--var', 'base_iri=http://schema.org/'] },
] as const;

async function check(command: readonly string[], project: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInProject(command, project);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
}

describe('workflow 6: types from an ontology', () => {
  it('writes one file a class, passes its own checks, and follows the ontology', async () => {
    const { run, succeed, work } = makeWorkshop();
    const ontology = join(work, 'shop.ttl');
    writeFileSync(ontology, SHOP);
    const asked = ['generate', 'ontology-types', 'model', '--var', 'ontology=shop.ttl'];
    expect((await succeed([...asked, '--dry-run'])).stdout).toContain('src/model/order-line.ts');
    expect(existsSync(join(work, 'model'))).toBe(false);
    await succeed(asked);
    const project = join(work, 'model');
    for (const file of ['product', 'customer', 'order', 'order-line', 'order-status', 'thing']) {
      expect(existsSync(join(project, 'src', 'model', `${file}.ts`)), file).toBe(true);
    }
    await installPackages(project);
    await check(['npm', 'run', 'check'], project);
    expect((await run(['status', '--check'], { cwd: project })).exitCode).toBe(0);

    const product = join(project, 'src', 'model', 'product.ts');
    appendFileSync(product, '\nexport const isMine = true;\n');
    writeFileSync(
      ontology,
      `${SHOP.replace('Something that is for sale.', 'What we sell.')}\n:Voucher a owl:Class ; rdfs:subClassOf :Product .\n`,
    );
    await succeed(['regenerate'], { cwd: project });
    expect(readFileSync(product, 'utf8')).toMatch(/What we sell\.[\s\S]*isMine = true/);
    expect(readFileSync(join(project, 'src', 'model', 'voucher.ts'), 'utf8')).toContain('export interface Voucher extends model.Product');
    await check(['npm', 'run', 'check'], project);
  });

  it('takes published vocabularies', async () => {
    const { succeed, work } = makeWorkshop();
    let installed: string | undefined;
    for (const { name, classes, base } of VOCABULARIES) {
      const file = join(import.meta.dirname, '..', '..', 'node_modules', '@vocabulary', name, `${name}.nq`);
      await succeed(['generate', 'ontology-types', name, '--var', `ontology=${file}`, ...base]);
      const project = join(work, name);
      for (const each of classes) expect(existsSync(join(project, 'src', 'model', `${each}.ts`)), each).toBe(true);
      if (installed === undefined) {
        await installPackages(project);
        installed = join(project, 'node_modules');
      } else {
        symlinkSync(installed, join(project, 'node_modules'));
      }
      await check(['npm', 'run', 'typecheck'], project);
      await check(['npm', 'test'], project);
    }
  });

  it('refuses what is no model, before anything is written', async () => {
    const { run, work } = makeWorkshop();
    writeFileSync(join(work, 'broken.ttl'), '@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<http://example.org/a> a owl:Class ;\n');
    const broken = await run(['generate', 'ontology-types', 'model', '--var', 'ontology=broken.ttl', '--json']);
    expect(JSON.parse(broken.stdout)).toMatchObject({ ok: false, error: { code: 'DATA_REFUSED' } });
    expect(broken.stdout).toMatch(/"line":\s?3/);
    writeFileSync(
      join(work, 'twice.ttl'),
      '@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<http://example.org/a#X> a owl:Class . <http://example.org/b#X> a owl:Class .\n',
    );
    const twice = await run(['generate', 'ontology-types', 'model', '--var', 'ontology=twice.ttl']);
    expect(twice.stderr).toContain('Two classes would give one type');
    expect(twice.exitCode).toBe(2);
    expect(existsSync(join(work, 'model'))).toBe(false);
  });
});
