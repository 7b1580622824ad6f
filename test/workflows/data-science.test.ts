import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { developerEnvironment, hasProgram, runInProject } from '../support/generated-project.ts';
import { makeWorkshops, readTexts } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();
const hasPython = hasProgram('python3', 'workflow 2, the tests of the generated Python project');

describe('workflow 2: data science from one pack', () => {
  it('has what a data scientist expects, as it was asked for', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['generate', 'data-science-toolkit', 'churn', '--var', 'dataset=data/sample.csv', '--var', 'seed=7']);
    const project = join(work, 'churn');
    const texts = readTexts(project);
    expect(texts['pyproject.toml']).toContain('name = "churn"');
    expect(texts['pipeline.toml']).toMatch(/data\/sample\.csv[\s\S]*seed = 7/);
    expect(texts[join('data', 'sample.csv')]?.split('\n').length).toBeGreaterThan(100);
    const notebooks = Object.keys(texts).filter((path) => path.endsWith('.ipynb'));
    expect(notebooks.length).toBeGreaterThan(0);
    for (const path of notebooks) checkNotebook(readFileSync(join(project, path), 'utf8'));
  });

  it.runIf(hasPython)('passes its own tests with what Python ships, and makes its report', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['generate', 'data-science-toolkit', 'churn', '--var', 'dataset=data/sample.csv']);
    const project = join(work, 'churn');
    const env = developerEnvironment({ PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: 'src' });
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const tests = await runInProject(['python3', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], project, env);
    expect(tests.exitCode, `${tests.stdout}\n${tests.stderr}\n${readme}`).toBe(0);
    expect(tests.stderr).toMatch(/Ran [1-9][0-9]* tests/);
    const pipeline = await runInProject(['python3', '-m', 'churn'], project, env);
    expect(pipeline.exitCode, `${pipeline.stdout}\n${pipeline.stderr}`).toBe(0);
    expect((await succeed(['status', '--check'], { cwd: project })).stdout).toContain('all as generated');
  });
});

/** nbformat 4, as its schema asks. */
function checkNotebook(text: string): void {
  const notebook = JSON.parse(text) as {
    nbformat: number;
    nbformat_minor: number;
    metadata: object;
    cells: { cell_type: string; id: string }[];
  };
  expect(notebook).toMatchObject({ nbformat: 4, nbformat_minor: expect.any(Number), metadata: expect.any(Object) });
  expect(notebook.cells.length).toBeGreaterThan(0);
  for (const cell of notebook.cells) {
    expect(cell).toMatchObject({
      id: expect.stringMatching(/^[a-zA-Z0-9-_]{1,64}$/),
      metadata: expect.any(Object),
      source: expect.anything(),
    });
    expect(['code', 'markdown', 'raw']).toContain(cell.cell_type);
    expect('outputs' in cell && 'execution_count' in cell).toBe(cell.cell_type === 'code');
  }
  expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
}
