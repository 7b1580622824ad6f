import { expect, it } from 'vitest';
import { copierAddress } from './make-context.ts';

it.each([
  ['gh:owner/repo', 'gh:owner/repo'],
  ['git+https://host/repo.git', 'git+https://host/repo.git'],
  ['ssh://git@host/owner/repo.git', 'git@host:owner/repo.git'],
  ['ssh://git@host/owner/repo', 'git@host:owner/repo'],
  ['ssh://ada@host:2222/owner/repo', 'git+ssh://ada@host:2222/owner/repo'],
  ['ssh://git@host:2222/owner/repo.git', 'ssh://git@host:2222/owner/repo.git'],
  ['/srv/templates/one', '/srv/templates/one'],
])('the address %s is to Copier %s', (reference, address) => expect(copierAddress(reference)).toBe(address));
