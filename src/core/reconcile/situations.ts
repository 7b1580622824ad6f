/** What else is true of a path, besides its row and column of the decision table. */
export type Situation = keyof typeof SITUATIONS;

interface Explained {
  readonly when: string;
  readonly what: string;
}

/** The situations there are, as docs/explanation/update.md explains them; each has a case in test/cases/update. */
export const SITUATIONS = {
  'renamed-declared': {
    when: 'a migration of the pack says that it renamed the file',
    what: 'your file, merged or as you have it, goes to the new path',
  },
  'renamed-template': {
    when: 'the same template gives another path, and no other template gives the old one',
    what: 'the same',
  },
  'renamed-similar': {
    when: 'a file is no longer wanted, and a new one has 60 % of its lines',
    what: 'the same',
  },
  'moved-by-you': {
    when: 'you have the file under another path',
    what: 'it is kept up to date there',
  },
  'mode-by-you': {
    when: 'you changed whether it is executable',
    what: 'stays as you have it, unless the pack changed it as well',
  },
  'mode-by-pack': {
    when: 'the pack changed whether it is executable',
    what: 'becomes as the pack has it',
  },
  'formatted-by-you': {
    when: 'line ends, byte order mark, final newline, blanks at line ends or the white space of JSON are all that you changed',
    what: 'counts as generated; the pack’s changes get your form',
  },
  'not-text': {
    when: 'one of the three versions is no UTF-8 text',
    what: 'is never merged, and gets no markers: the pack’s version goes beside yours',
  },
  link: {
    when: 'a link stands at the path',
    what: 'stays, and is never written through; what the pack changed goes beside it',
  },
  directory: {
    when: 'a directory stands at the path',
    what: 'stays, with all that is in it; what the pack changed goes beside it',
  },
  blocked: {
    when: 'the path leads through a link, or through a file of yours',
    what: 'nothing is written there; what the pack changed goes beside the obstacle',
  },
  'other-kind': {
    when: 'a device, a socket or the like stands at the path',
    what: 'as for a link',
  },
  overwritten: {
    when: 'you, or the pack for a file that is new, asked to overwrite what is in the way or cannot be merged',
    what: 'the pack’s version is taken: with `--conflict theirs` only of what both changed; `--backup` keeps a copy of yours',
  },
  preserved: {
    when: '`preserve` matches the path, or where the packs have the file',
    what: 'stays as it is, whatever the packs want; what is new there is not created',
  },
  'not-asked': {
    when: 'only one template is regenerated, and this file is of another one',
    what: 'stays as it is, with its records',
  },
} as const satisfies Readonly<Record<string, Explained>>;
