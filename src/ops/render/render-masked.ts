import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import type { ProjectMerge } from '../../core/manifest/project-manifest.ts';
import { withMasks } from '../../core/template/mask-secrets.ts';
import type { Ports } from '../../ports/ports.ts';
import { type RenderProjectRequest, renderProject } from './render-project.ts';
import { settleComposition } from './settle-composition.ts';

/** The composition as it is stored, empty where there is no secret: rendered once more with masks for secrets, so that no filter can carry a secret into it. */
export async function renderMasked(
  { merge, ...request }: RenderProjectRequest & { readonly merge: ProjectMerge },
  ports: Pick<Ports, 'hash' | 'reporter'>,
): Promise<DesiredTree> {
  const answers = withMasks(request.answers);
  if (answers === undefined) return new Map();
  const rendered = renderProject({ ...request, answers }, ports);
  const { composition } = await settleComposition({ rendered, merge }, { prompter: undefined });
  return composition.tree;
}
