import { diffSequences } from './diff-sequences.ts';
import { internAll } from './intern.ts';
import { likeOriginal } from './like-original.ts';
import { splitLines } from './text-lines.ts';

interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * The base and the other side in the form that the user gave the base: line ends, and where lines differ from those of the base in white space
 * around them only, that white space. So a merge sees what was changed, and not how it was formatted. A line that the user moved further in or
 * out than the others of its indentation is an edit, and stays one.
 */
export function takeOnForm({ base, ours, theirs }: Texts): Pick<Texts, 'base' | 'theirs'> {
  const [from, own, other] = [base, ours, theirs].map((text) => splitLines(text).contents.map(cut)) as [Line[], Line[], Line[]];
  const pairs = alignLines(own, from, ({ content }) => content);
  if ([...pairs].every(([at, index]) => join(own[at]) === join(from[index]))) return { base, theirs };
  const form = learnForm(own, from, pairs);
  const formed = from.map(form);
  for (const [at, index] of pairs) if (join(own[at]) !== formed[index]) formed[index] = join(from[index]);
  const kept = alignLines(other, from, join);
  const others = other.map((line, at) => formed[kept.get(at) ?? -1] ?? form(line));
  const write = (lines: readonly string[]): string => likeOriginal(lines.map((line) => `${line}\n`).join(''), ours);
  return { base: write(formed), theirs: write(others) };
}

interface Line {
  readonly lead: string;
  readonly content: string;
  readonly trail: string;
}

function cut(text: string): Line {
  const content = text.trim();
  const lead = content === '' ? '' : text.slice(0, text.length - text.trimStart().length);
  return { lead, content, trail: text.slice(lead.length + content.length) };
}

function join(line: Line | undefined): string {
  return line === undefined ? '' : line.lead + line.content + line.trail;
}

/** Lines of one text with those of another that they are. */
function alignLines(lines: readonly Line[], others: readonly Line[], keyOf: (line: Line) => string): Map<number, number> {
  const [a = NONE, b = NONE] = internAll(lines.map(keyOf), others.map(keyOf));
  const pairs = new Map<number, number>();
  let at = 0;
  let other = 0;
  for (const hunk of [...diffSequences(a, b), { aStart: a.length, aEnd: a.length, bStart: b.length, bEnd: b.length }]) {
    while (at < hunk.aStart) pairs.set(at++, other++);
    at = hunk.aEnd;
    other = hunk.bEnd;
  }
  return pairs;
}

const NONE = new Int32Array();

/** How the user writes a line: with the white space that most lines of the base with the same white space have now. */
function learnForm(own: readonly Line[], from: readonly Line[], pairs: ReadonlyMap<number, number>): (line: Line) => string {
  const leads = new Votes();
  const trails = new Votes();
  const empty = new Votes();
  for (const [at, index] of pairs) {
    const [line, was] = [own[at], from[index]];
    if (line === undefined || was === undefined) continue;
    if (was.content !== '') leads.add(was.lead, line.lead);
    (was.content === '' ? empty : trails).add(was.trail, line.trail);
  }
  const unit = leads.shortest();
  return ({ lead, content, trail }) => {
    if (content === '') return empty.winner(trail) ?? trail;
    return (leads.winner(lead) ?? inSteps(lead, unit)) + content + (trails.winner(trail) ?? trail);
  };
}

/** An indentation that no line of the base has, as a multiple of the shortest one. */
function inSteps(lead: string, unit: readonly [string, string] | undefined): string {
  if (unit === undefined) return lead;
  const [from, into] = unit;
  const steps = lead.length / from.length;
  return Number.isInteger(steps) && lead === from.repeat(steps) ? into.repeat(steps) : lead;
}

/** Which white space stands for which, by majority. */
class Votes {
  readonly #counts = new Map<string, Map<string, number>>();

  add(from: string, into: string): void {
    const counts = this.#counts.get(from) ?? new Map<string, number>();
    counts.set(into, (counts.get(into) ?? 0) + 1);
    this.#counts.set(from, counts);
  }

  winner(from: string): string | undefined {
    let best: [string, number] | undefined;
    for (const entry of this.#counts.get(from) ?? []) if (best === undefined || entry[1] > best[1]) best = entry;
    return best?.[0];
  }

  /** The shortest white space there is, and what stands for it. */
  shortest(): readonly [string, string] | undefined {
    const [from] = [...this.#counts.keys()].filter((key) => key !== '').sort((a, b) => a.length - b.length);
    const into = from === undefined ? undefined : this.winner(from);
    return from === undefined || into === undefined ? undefined : [from, into];
  }
}
