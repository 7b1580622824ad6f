import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { findForeignLetter, findPackNameProblem, isPackName } from '../core/pack/pack-name.ts';
import { titleOf } from '../core/starter/starter-pack.ts';
import { formatArguments } from '../core/text/format-arguments.ts';
import type { Prompt, Prompter } from '../ports/prompter.ts';

/** What is known of a new pack; what is not was not said. */
export interface PackWishes {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly category: string | undefined;
}

type Key = keyof PackWishes;

const ORDER: readonly Key[] = ['id', 'title', 'description', 'category'];

export interface Asking {
  readonly prompter: Prompter | undefined;
  readonly signal: AbortSignal;
  /** The directory and the flags that were given besides, as words of a command. */
  readonly more: readonly string[];
  /** Refuses an id before anything else is asked, such as one whose directory is taken. */
  readonly checkId: (id: string) => Promise<void>;
}

/**
 * Asks about a new pack, question by question; one can go back. Whoever asks no more ends the conversation.
 * @throws PacksmithError `CANCELLED`: nothing was made yet; what `checkId` throws.
 */
export async function askAboutPack(given: PackWishes, { prompter, signal, more, checkId }: Asking): Promise<PackWishes> {
  if (prompter === undefined) return given;
  if (given.id !== undefined && isPackName(given.id)) await checkId(given.id);
  prompter.start('A new pack');
  let wishes = given;
  for (let at = 0; at < ORDER.length; ) {
    const key = ORDER[at] as Key;
    const reply = await prompter.ask(questionAbout(key, wishes), signal);
    if (reply.kind === 'cancel') {
      prompter.finish('Cancelled; nothing was made');
      throw cancelled(wishes, more);
    }
    if (reply.kind === 'back') at = Math.max(0, at - 1);
    else {
      wishes = { ...wishes, [key]: toWish(reply.value) };
      if (key === 'id') await checkId(wishes.id ?? '');
      at += 1;
    }
  }
  return wishes;
}

/** The interruption, with the command that begins where it ended: what was answered need not be typed again. */
export function cancelled({ id, ...others }: PackWishes, more: readonly string[]): PacksmithError {
  const flags = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const command = formatArguments(['packs', 'create', ...(id === undefined ? [] : [id]), ...more, ...flags, '--interactive']);
  return new PacksmithError(
    'CANCELLED',
    'cancelled: nothing was made',
    id === undefined ? {} : { hint: `\`${command}\` goes on from here` },
  );
}

function toWish(value: unknown): string | undefined {
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

function questionAbout(key: Key, wishes: PackWishes): Prompt {
  const initial = wishes[key];
  const withInitial = initial === undefined ? {} : { initial };
  switch (key) {
    case 'id':
      return { kind: 'text', message: 'Id', hint: 'such as my-pack or @acme/api', ...withInitial, validate: findIdProblem };
    case 'title':
      return {
        kind: 'text',
        message: 'Name for people',
        initial: initial ?? (isPackName(wishes.id ?? '') ? titleOf(wishes.id as never) : ''),
      };
    case 'description':
      return { kind: 'text', message: 'What will a project made with it be?', ...withInitial };
    case 'category':
      return {
        kind: 'text',
        message: 'Category',
        hint: 'such as web, cli, data or operations; empty for none',
        ...withInitial,
        validate: findCategoryProblem,
      };
    default:
      return key satisfies never;
  }
}

function findIdProblem(text: string): string | undefined {
  return isPackName(text) ? undefined : (findForeignLetter(text) ?? findPackNameProblem(text));
}

function findCategoryProblem(text: string): string | undefined {
  return text === '' || /^[a-z0-9][a-z0-9-]{0,49}$/.test(text) ? undefined : 'it is lower-case words joined by "-"';
}
