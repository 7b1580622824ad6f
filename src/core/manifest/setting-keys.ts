import * as v from 'valibot';
import type { Value } from '../pack/values.ts';
import { configSchema } from './config-schema.ts';

/** One setting that there is, set or not. `NAME` in a key stands for a name of the user's choice. */
export interface SettingKey {
  readonly key: string;
  readonly description: string;
  /** What holds where it is not set. */
  readonly default: Value | undefined;
}

/** Every key of `config.toml` that has a value of its own, in the order of the schema. Lists, and answers for variables, are one value. */
export function listSettingKeys(): SettingKey[] {
  return listBelow(configSchema, '');
}

type AnySchema = v.GenericSchema & {
  readonly type: string;
  readonly wrapped?: AnySchema;
  readonly entries?: Record<string, AnySchema>;
  readonly value?: AnySchema;
  readonly default?: unknown;
};

function listBelow(schema: AnySchema, key: string): SettingKey[] {
  const inner = schema.wrapped ?? schema;
  const below = (name: string): string => (key === '' ? name : `${key}.${name}`);
  if (inner.entries !== undefined) return Object.entries(inner.entries).flatMap(([name, entry]) => listBelow(entry, below(name)));
  if (inner.type === 'record' && inner.value !== undefined) return listBelow(inner.value, below('NAME'));
  const standard = schema.type === 'optional' ? (schema.default as Value | undefined) : undefined;
  return [{ key, description: v.getDescription(inner) ?? '', default: standard }];
}

/** The key of the schema that a key of a file is, such as `registries.NAME.url` for `registries.shared.url`. */
export function findSettingKey(path: readonly string[], known: readonly SettingKey[]): SettingKey | undefined {
  return known.find(({ key }) => {
    const parts = key.split('.');
    return parts.length === path.length && parts.every((part, index) => part === 'NAME' || part === path[index]);
  });
}
