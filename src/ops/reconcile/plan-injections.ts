import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedInjection } from '../../core/lockfile/lockfile.ts';
import type { PlannedPath } from '../../core/plan/generation-plan.ts';
import { injectText } from '../../core/template/inject-text.ts';
import type { RenderedInjection } from '../../core/template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../../core/text/utf8.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

export interface InjectionRequest {
  /** Injections into files that no pack generates. */
  readonly loose: readonly RenderedInjection[];
  /** Those done before; they are not done again. */
  readonly locked: readonly LockedInjection[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
}

interface PlannedInjections {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
  readonly locked: readonly LockedInjection[];
}

/** Plans the injections into the user's own files, one change a file. @throws PacksmithError `INJECTION_FAILED` where there is no such text file. */
export async function planInjections(
  request: InjectionRequest,
  { project, hash }: Pick<Ports, 'project' | 'hash'>,
): Promise<PlannedInjections> {
  const texts = new Map<ProjectPath, string>();
  const packs = new Map<ProjectPath, string[]>();
  const locked: LockedInjection[] = [];
  for (const injection of request.loose) {
    const { into, pack, template } = injection;
    const record = toLockedInjection(injection, { hash });
    locked.push(record);
    if (request.locked.some((done) => done.path === into && done.sha256 === record.sha256 && done.template === template)) continue;
    const text = texts.get(into) ?? (await readTarget(injection, project));
    texts.set(into, injectText(text, injection));
    packs.set(into, [...(packs.get(into) ?? []), pack]);
  }
  const contents = new Map<Digest, Uint8Array>();
  const paths = [...texts].flatMap(([path, text]): PlannedPath[] => {
    const entry = request.disk.get(path);
    const digest = hash(text);
    if (entry?.kind !== 'file' || entry.digest === digest) return [];
    contents.set(digest, encodeUtf8(text));
    const before = { digest: entry.digest, mode: entry.mode };
    const reason = 'a pack puts text into this file of yours';
    return [
      {
        path,
        class: 'injected',
        action: 'update',
        reason,
        before,
        after: { digest, mode: entry.mode },
        packs: packs.get(path) ?? [],
        template: '',
      },
    ];
  });
  return { paths, contents, locked };
}

/** An injection as the lockfile records it. */
export function toLockedInjection({ into, pack, template, text }: RenderedInjection, { hash }: Pick<Ports, 'hash'>): LockedInjection {
  return { path: into, pack, template, sha256: hash(text) };
}

async function readTarget(injection: RenderedInjection, project: Ports['project']): Promise<string> {
  const bytes = await project.readFile(injection.into);
  const text = bytes && decodeText(bytes);
  if (text === undefined) {
    throw new PacksmithError('INJECTION_FAILED', `${injection.pack} puts text into ${injection.into}, which is not there as a text file`, {
      where: { file: injection.template },
      hint: 'create the file first, or generate the pack that brings it',
    });
  }
  return text;
}
