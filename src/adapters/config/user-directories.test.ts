import { describe, expect, it } from 'vitest';
import { resolveUserDirectories } from './user-directories.ts';

const HOME = '/home/ada';

describe('resolveUserDirectories', () => {
  const linux = (name: string, base: string) => [name, `${HOME}/${base}/packsmith`] as const;
  it.each([
    {
      name: 'Linux defaults',
      user: { env: {}, platform: 'linux', home: HOME },
      expected: Object.fromEntries([
        linux('config', '.config'),
        linux('data', '.local/share'),
        linux('cache', '.cache'),
        linux('state', '.local/state'),
      ]),
    },
    {
      name: 'XDG variables, relative ones ignored',
      user: { env: { XDG_CONFIG_HOME: '/etc/ada', XDG_CACHE_HOME: 'relative', XDG_DATA_HOME: '' }, platform: 'linux', home: HOME },
      expected: Object.fromEntries([
        ['config', '/etc/ada/packsmith'],
        linux('data', '.local/share'),
        linux('cache', '.cache'),
        linux('state', '.local/state'),
      ]),
    },
    {
      name: 'PACKSMITH_HOME over everything',
      user: { env: { PACKSMITH_HOME: '/opt/ps', XDG_CONFIG_HOME: '/etc/ada' }, platform: 'linux', home: HOME },
      expected: { config: '/opt/ps', data: '/opt/ps', cache: '/opt/ps/cache', state: '/opt/ps/state' },
    },
    {
      name: 'macOS',
      user: { env: {}, platform: 'darwin', home: '/Users/ada' },
      expected: {
        config: '/Users/ada/Library/Application Support/packsmith',
        data: '/Users/ada/Library/Application Support/packsmith',
        cache: '/Users/ada/Library/Caches/packsmith',
        state: '/Users/ada/Library/Application Support/packsmith',
      },
    },
    {
      name: 'Windows',
      user: { env: { APPDATA: 'C:\\Users\\ada\\Roam' }, platform: 'win32', home: 'C:\\Users\\ada' },
      expected: {
        config: 'C:\\Users\\ada\\Roam\\packsmith',
        data: 'C:\\Users\\ada\\AppData\\Local\\packsmith\\data',
        cache: 'C:\\Users\\ada\\AppData\\Local\\packsmith\\cache',
        state: 'C:\\Users\\ada\\AppData\\Local\\packsmith\\state',
      },
    },
  ])('$name', ({ user, expected }) => {
    expect(resolveUserDirectories(user)).toEqual(expected);
  });
});
