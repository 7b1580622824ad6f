import { posix, win32 } from 'node:path';

/** Where packsmith keeps what belongs to the user and not to a project. All absolute. */
export interface UserDirectories {
  /** Has `config.toml`. */
  readonly config: string;
  /** Has `store/` and `installed/`. */
  readonly data: string;
  readonly cache: string;
  readonly state: string;
}

export interface UserEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The user's home directory. */
  readonly home: string;
}

/**
 * Finds the user's directories by the platform's convention: XDG on Linux and wherever its variables are set, `Library` on macOS,
 * `AppData` on Windows. `PACKSMITH_HOME` puts all of them in one folder. A relative path in an XDG variable is ignored, as its specification asks.
 */
export function resolveUserDirectories(user: UserEnvironment): UserDirectories {
  const { join, resolve } = user.platform === 'win32' ? win32 : posix;
  const own = user.env['PACKSMITH_HOME'];
  if (own !== undefined && own !== '') {
    const root = resolve(own);
    return { config: root, data: root, cache: join(root, 'cache'), state: join(root, 'state') };
  }
  return user.platform === 'win32' ? windowsDirectories(user) : unixDirectories(user);
}

function windowsDirectories({ env, home }: UserEnvironment): UserDirectories {
  const roaming = env['APPDATA'] || win32.join(home, 'AppData', 'Roaming');
  const local = win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'packsmith');
  return {
    config: win32.join(roaming, 'packsmith'),
    data: win32.join(local, 'data'),
    cache: win32.join(local, 'cache'),
    state: win32.join(local, 'state'),
  };
}

function unixDirectories({ env, platform, home }: UserEnvironment): UserDirectories {
  const support = 'Library/Application Support';
  const defaults =
    platform === 'darwin'
      ? { config: support, data: support, cache: 'Library/Caches', state: support }
      : { config: '.config', data: '.local/share', cache: '.cache', state: '.local/state' };
  const place = (variable: string, fallback: string) => {
    const base = env[variable];
    return posix.join(base?.startsWith('/') ? base : posix.join(home, fallback), 'packsmith');
  };
  return {
    config: place('XDG_CONFIG_HOME', defaults.config),
    data: place('XDG_DATA_HOME', defaults.data),
    cache: place('XDG_CACHE_HOME', defaults.cache),
    state: place('XDG_STATE_HOME', defaults.state),
  };
}
