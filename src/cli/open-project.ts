import { relative } from 'node:path';
import type { NodePorts } from '../node-ports.ts';
import type { ProjectDir } from '../ports/project-dir.ts';
import { type OpenPortsSettings, openPorts } from './open-ports.ts';

/** The project that a command works on, and the world as it is seen from there. */
export interface OpenedProject {
  readonly ports: NodePorts;
  readonly project: ProjectDir;
  /** The project's directory as the user would write it: `.`, or `..` and the like from a directory inside it. */
  readonly directory: string;
}

export interface OpenProjectSettings extends OpenPortsSettings {
  /** Whether a directory that has an undo log counts, although it is no project. */
  readonly takesChanged: boolean;
}

/** Opens the project that the working directory is in. Where there is none, it is the working directory, which then says so. @throws PacksmithError `CONFIG_INVALID`. */
export async function openProject(settings: OpenProjectSettings): Promise<OpenedProject> {
  const { findChangedRoot, findProjectRoot } = await import('../node-ports.ts');
  const root = settings.takesChanged ? findChangedRoot(settings.workingDirectory) : findProjectRoot(settings.workingDirectory);
  const ports = await openPorts({ ...settings, workingDirectory: root });
  const directory = relative(settings.workingDirectory, root).replaceAll('\\', '/') || '.';
  return { ports, project: ports.openProject(root), directory };
}
