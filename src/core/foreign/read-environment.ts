import type { JinjaDelimiters, JinjaSettings } from '../jinja/settings.ts';
import type { Value } from '../pack/values.ts';
import { findDelimiter } from './delimiter-names.ts';

/** What Jinja2 has behind the name of a delimiter. */
const STRING = '_string';

/** What only makes Jinja2 faster. */
const WITHOUT_EFFECT = new Set(['optimized', 'cache_size', 'auto_reload', 'enable_async']);

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads the options of a Jinja2 environment as templates of other tools set them; `refuse` is told the names of those that are not had. */
export function readEnvironment(value: Value, refuse: (name: string) => void): JinjaSettings {
  const settings: Writable<JinjaSettings> = {};
  const delimiters: Writable<Partial<JinjaDelimiters>> = {};
  for (const [name, option] of value instanceof Map ? (value as ReadonlyMap<string, Value>) : []) {
    const delimiter = name.endsWith(STRING) ? findDelimiter(name.slice(0, -STRING.length)) : undefined;
    if (delimiter !== undefined && typeof option === 'string' && option !== '') delimiters[delimiter] = option;
    else if (!WITHOUT_EFFECT.has(name) && !readOption(name, option, settings)) refuse(name);
  }
  return Object.keys(delimiters).length === 0 ? settings : { ...settings, delimiters };
}

function readOption(name: string, value: Value, settings: Writable<JinjaSettings>): boolean {
  const isOn = value === true || (typeof value === 'number' && value !== 0);
  switch (name) {
    case 'trim_blocks':
      settings.trimBlocks = isOn;
      return true;
    case 'lstrip_blocks':
      settings.lstripBlocks = isOn;
      return true;
    case 'keep_trailing_newline':
      settings.keepTrailingNewline = isOn;
      return true;
    case 'autoescape':
      settings.autoescape = isOn;
      return true;
    case 'line_statement_prefix':
    case 'line_comment_prefix':
      if (typeof value !== 'string') return value === null;
      settings[name === 'line_statement_prefix' ? 'lineStatementPrefix' : 'lineCommentPrefix'] = value;
      return true;
    case 'newline_sequence':
      if (value !== '\n' && value !== '\r\n' && value !== '\r') return false;
      settings.newlineSequence = value;
      return true;
    default:
      return false;
  }
}
