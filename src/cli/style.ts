import { styleText } from 'node:util';

/** Ways to set text off. Each gives the text back unchanged where colour is not wanted, so that no meaning may rest on it. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** No colour at all. */
export const PLAIN_STYLE: Style = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
  cyan: (text) => text,
};

/** Colours and weights of the terminal. */
export const COLOUR_STYLE: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  green: paint('green'),
  yellow: paint('yellow'),
  cyan: paint('cyan'),
};

export interface ColourWish {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--no-color` was given. */
  readonly isRefused: boolean;
  readonly isTerminal: boolean;
}

/** Decides about colour: `--no-color`, then NO_COLOR, then FORCE_COLOR, then TERM=dumb and CI, then whether the stream is a terminal. */
export function chooseStyle({ env, isRefused, isTerminal }: ColourWish): Style {
  if (isRefused || isSet(env['NO_COLOR'])) return PLAIN_STYLE;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false' ? PLAIN_STYLE : COLOUR_STYLE;
  return env['TERM'] === 'dumb' || isSet(env['CI']) || !isTerminal ? PLAIN_STYLE : COLOUR_STYLE;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function paint(format: keyof Style): (text: string) => string {
  // The decision is made above; Node's own look at the stream and the environment would make it a second time.
  return (text) => (text === '' ? '' : styleText(format, text, { validateStream: false }));
}
