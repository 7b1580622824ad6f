import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES, ERROR_CODES } from '../../src/index.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { listPages, REPOSITORY } from './list-pages.ts';

const makeWorkshop = makeWorkshops();

interface KnownCommand {
  readonly verb: string;
  readonly aliases: readonly (string | { readonly name: string })[];
  readonly flags: Readonly<Record<string, unknown>>;
}

let commands: readonly KnownCommand[];
let globalFlags: string;

beforeAll(async () => {
  const { json, succeed } = makeWorkshop();
  commands = (await json(['--help'])).data.commands;
  globalFlags = (await succeed(['--help'])).stdout;
});

describe.each(listPages().map((page) => [page, readFileSync(join(REPOSITORY, page), 'utf8')] as const))('%s', (page, text) => {
  it('names only commands and flags that exist', () => {
    expect(commandLines(text).flatMap(findUnknown)).toEqual([]);
  });

  it('links only to what is there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(REPOSITORY, dirname(page), target)))).toEqual([]);
  });

  it('names only codes that exist', () => {
    const codes = [...text.matchAll(/(?:error|warning)\[([A-Z_]+)\]/g)].map(([, code = '']) => code);
    expect(codes.filter((code) => !(code in ERROR_CODES) && !(code in DIAGNOSTIC_CODES))).toEqual([]);
  });
});

/** What stands behind `packs`, in code within a line and at the start of lines of code. */
function commandLines(text: string): string[] {
  const blocks = /^ *```[\s\S]*?^ *```/gm;
  const inline = [...text.replaceAll(blocks, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  const lines = [...text.matchAll(blocks)].flatMap(([block]) => block.split('\n'));
  return [...inline, ...lines].flatMap((line) => /^(?:\$ )?(?:npx )?packs ([\s\S]+)$/.exec(line)?.[1] ?? []);
}

function findUnknown(line: string): string[] {
  const [verb = '', ...words] = line.split(/\s+(?:&&|\||>)\s+/)[0]?.split(/\s+/) ?? [];
  // `packs COMMAND --help` stands for any.
  if (/^(?:-|[A-Z]+$)/.test(verb)) return [];
  const command = commands.find(({ verb: name, aliases }) => [name, ...aliases.map(nameOf)].includes(verb));
  if (command === undefined) return [`packs ${verb}`];
  const flags = words.flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? []);
  return flags.filter((flag) => !(flag in command.flags) && !globalFlags.includes(`--${flag}`)).map((flag) => `packs ${verb} --${flag}`);
}

function nameOf(alias: string | { readonly name: string }): string {
  return typeof alias === 'string' ? alias : alias.name;
}
