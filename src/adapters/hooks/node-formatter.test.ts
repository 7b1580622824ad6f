import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { NodeFormatter } from './node-formatter.ts';

const env = { PATH: process.env['PATH'], HOME: '/home/ada', NPM_TOKEN: 'secret' };

const format = (script: string, more: { path?: string; text?: string; program?: string; args?: string[] } = {}) =>
  new NodeFormatter(env).format({
    formatter: { files: ['**'], run: [more.program ?? process.execPath, '-e', script, ...(more.args ?? [])] },
    path: more.path ?? 'src/a.txt',
    text: more.text ?? 'a\nb\n',
    directory: tmpdir(),
  });

const ECHO = 'process.stdin.pipe(process.stdout)';

describe('NodeFormatter', () => {
  it('gives what the program prints', async () => {
    expect(await format(ECHO, { text: 'grüße\n' })).toEqual({ kind: 'formatted', text: 'grüße\n' });
  });

  it('takes a path for what it is, whatever it looks like', async () => {
    const path = 'a; echo $HOME `id` "b\'.txt';
    const outcome = await format('process.stdout.write(process.argv[1])', { path, args: ['{path}'] });
    expect(outcome).toEqual({ kind: 'formatted', text: path });
  });

  it('gives no path for an option', async () => {
    const outcome = await format('process.stdout.write(process.argv[1])', { path: '--require=./evil.js', args: ['--', '{path}'] });
    expect(outcome).toEqual({ kind: 'formatted', text: './--require=./evil.js' });
  });

  it('passes nothing on that could be a credential', async () => {
    expect(await format('process.stdout.write(String(process.env.NPM_TOKEN))')).toEqual({ kind: 'formatted', text: 'undefined' });
  });

  it.each<[string, string, { program?: string }, RegExp]>([
    ['that fails', 'console.error("no such \\x1b[31mrule"); process.exit(3)', {}, /^it failed with exit code 3: no such .*rule$/],
    ['that is not there', '', { program: 'packsmith-no-such-formatter' }, /ENOENT/],
    ['that prints no text', 'process.stdout.write(Buffer.from([0xff, 0xfe, 0x00]))', {}, /^it printed no text$/],
    ['that does not read its input and fails', 'process.exit(1)', {}, /^it failed with exit code 1$/],
  ])('says why a program %s did not format', async (_, script, more, reason) => {
    const outcome = await format(script, { ...more, text: 'x'.repeat(1_000_000) });
    expect(outcome.kind === 'failed' && outcome.reason).toMatch(reason);
  });
});
