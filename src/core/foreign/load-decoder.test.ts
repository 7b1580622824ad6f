import { expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Digest } from '../tree/digest.ts';
import { loadDecoder } from './load-decoder.ts';

it.each([
  ['"_extensions": ["own.shout"]'],
  ['"\\u005fextensions": ["own.shout"]'],
  ['"_extensions": ["jinja2.ext.do", "\\u006fwn.shout"]'],
])('loads what reads the Python of extensions where a template names some: %s', async (extensions) => {
  const { files } = makePack({
    files: {
      'cookiecutter.json': `{"name": "a", ${extensions}}`,
      'own.py': 'from cookiecutter.utils import simple_filter\n\n@simple_filter\ndef shout(v):\n    return v.upper()\n',
      '{{cookiecutter.name}}/a': '',
    },
  });
  const decode = await loadDecoder('cookiecutter', files);
  const source = { files, id: 'thing' as PackName, version: '1.0.0', reference: './thing', integrity: 'sha512-thing' };
  const pack = decode(source, { kind: 'local', location: 'memory/thing' });
  const scope = {
    now: '2026-03-05T07:08:09Z',
    parentDirectory: '/work',
    directory: 'a',
    external: new Map(),
    hash: () => '0'.repeat(64) as Digest,
  };
  expect(pack.foreign?.makeEnvironment(scope).filters.has('shout')).toBe(true);
});
