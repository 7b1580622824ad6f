const words = (text: string): readonly string[] => text.split(' ').map((word) => word.replace('-', ''));

/** The Latin spelling of kana without their marks (Kunrei-shiki), in the order of Unicode, which hiragana and katakana share. */
const KANA = words(
  'a a i i u u e e o o ka ka ki ki ku ku ke ke ko ko sa sa si si su su se se so so ta ta ti ti tu tu tu te te to to na ni nu ne no ' +
    'ha ha ha hi hi hi hu hu hu he he he ho ho ho ma mi mu me mo ya ya yu yu yo yo ra ri ru re ro wa wa wi we wo n',
);

/** By the code of the first character of each block. Syllables of Korean come apart into an initial, a vowel and a final. */
const BLOCKS: readonly (readonly [first: number, spellings: readonly string[]])[] = [
  [0x3041, KANA],
  [0x30a1, KANA],
  [0x1100, words('g gg n d dd r m b bb s ss - j jj c k t p h')],
  [0x1161, words('a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i')],
  [0x11a8, words('g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h')],
];

/** The Latin spelling of a kana or of a letter of Korean; `undefined` for any other character. */
export function spellSyllable(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  for (const [first, spellings] of BLOCKS) {
    const spelling = spellings[code - first];
    if (spelling !== undefined) return spelling;
  }
  return undefined;
}
