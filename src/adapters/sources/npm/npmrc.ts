type Environment = Readonly<Record<string, string | undefined>>;

const MAX_BYTES = 1024 * 1024;

/**
 * Reads an `.npmrc`: `key = value` lines, comments after `;` or `#` at the start of a line, quotes, `key[] = value` for lists (joined by line
 * breaks), and `${NAME}` for variables of the environment. A variable that is not set stays as it is written; `${NAME?}` is then empty.
 */
export function parseNpmrc(text: string, env: Environment): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.slice(0, MAX_BYTES).split('\n')) addLine(settings, line.trim(), env);
  return settings;
}

function addLine(settings: Map<string, string>, line: string, env: Environment): void {
  if (line === '' || /^[;#[]/.test(line)) return;
  const at = line.indexOf('=');
  const key = (at < 0 ? line : line.slice(0, at)).trim();
  const isList = key.endsWith('[]');
  const name = expand(unquote(isList ? key.slice(0, -2) : key), env);
  const value = at < 0 ? 'true' : expand(unquote(line.slice(at + 1).trim()), env);
  const earlier = isList ? settings.get(name) : undefined;
  if (name !== '') settings.set(name, earlier === undefined ? value : `${earlier}\n${value}`);
}

/** Settings of npm in variables of the environment: `npm_config_registry`, `npm_config_https_proxy`, `npm_config_//host/:_authToken`. */
export function readNpmEnvironment(env: Environment): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const [variable, value] of Object.entries(env)) {
    const name = /^npm_config_(.+)$/i.exec(variable)?.[1];
    if (name === undefined || value === undefined || value === '') continue;
    const isScoped = /^(?:\/\/|@)/.test(name);
    settings.set(isScoped ? name : name.toLowerCase().replaceAll(/(?!^)_/g, '-'), value);
  }
  return settings;
}

function unquote(text: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  if (quoted === null) return text;
  const [, mark, inner = ''] = quoted;
  if (mark === "'") return inner;
  try {
    return String(JSON.parse(text));
  } catch {
    return inner;
  }
}

function expand(text: string, env: Environment): string {
  return text.replace(/(?<!\\)\$\{([^${}?]+)(\?)?\}/g, (whole, name: string, optional?: string) => {
    return env[name] ?? (optional === undefined ? whole : '');
  });
}
