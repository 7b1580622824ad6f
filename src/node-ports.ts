import { join, resolve } from 'node:path';
import { loadUserConfig, userConfigFile } from './adapters/config/load-user-config.ts';
import type { UserDirectories } from './adapters/config/user-directories.ts';
import { readUserFile, writeUserFile } from './adapters/config/user-files.ts';
import { NodeDataFiles } from './adapters/data/node-data-files.ts';
import { nativeHash } from './adapters/hash.ts';
import { NodeHookRunner } from './adapters/hooks/node-hook-runner.ts';
import { findChangedDirectory, findProjectDirectory } from './adapters/project/find-project-directory.ts';
import { NodeProjectDir } from './adapters/project/node-project-dir.ts';
import type { TrialPorts } from './adapters/project/open-trials.ts';
import type { PromptStreams } from './adapters/prompter/clack-prompter.ts';
import { createSignatureCheck } from './adapters/signing/create-signature-check.ts';
import { NodeSigner } from './adapters/signing/node-signer.ts';
import { NodePackRepository } from './adapters/sources/node-pack-repository.ts';
import { openPlaces } from './adapters/sources/open-places.ts';
import type { PackRoot } from './adapters/sources/scan-packs.ts';
import { installedRoot } from './adapters/store/installed-root.ts';
import { NodePackStore } from './adapters/store/node-pack-store.ts';
import { deflateCodec } from './adapters/system/deflate-codec.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import type { UserConfig } from './core/manifest/user-config.ts';
import type { Formatter } from './ports/formatter.ts';
import type { MachinePort } from './ports/machine.ts';
import type { PackFiles, PackPublishers } from './ports/pack-publisher.ts';
import type { Ports } from './ports/ports.ts';
import type { ProjectDir } from './ports/project-dir.ts';
import type { Prompter } from './ports/prompter.ts';
import type { Reporter } from './ports/reporter.ts';
import type { Signer } from './ports/signer.ts';
import type { SparqlEndpoint } from './ports/sparql-endpoint.ts';

/** What the real world needs to know of where it is. All paths are absolute. */
export interface NodeSettings {
  /** The version of packsmith. */
  readonly version: string;
  /** The directory of the package: its `packs/` are the ones that are shipped. */
  readonly packageRoot: string;
  readonly workingDirectory: string;
  readonly directories: UserDirectories;
  /** The user's home directory. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly reporter: Reporter;
  /** Absent where there is nobody to ask. */
  readonly prompter: Prompter | undefined;
}

/** Every port but the project, of which a command opens the one it is about. */
export interface NodePorts extends Omit<Ports, 'project'> {
  /** @param root Absolute; the directory need not exist. */
  openProject(root: string): ProjectDir;
  readonly config: UserConfig;
  readonly configFile: string;
  /** Has `pack.schema.json`, `project.schema.json` and the other JSON Schemas. */
  readonly schemaDirectory: string;
  readonly files: UserFiles;
  /** What only authors need; it is loaded here. */
  openAuthoring(): Promise<AuthoringPorts>;
  /** What packs are tried with; it is loaded here. */
  openTrials(): Promise<TrialPorts>;
  /** Runs the project's own formatters; it is loaded here. */
  openFormatter(): Promise<Formatter>;
  readonly signer: Signer;
  /** SPARQL endpoints elsewhere; it is loaded here. */
  openSparqlEndpoint(): Promise<SparqlEndpoint>;
}

/** The ports of whoever makes packs and hands them on. */
export interface AuthoringPorts {
  readonly packFiles: PackFiles;
  readonly publishers: PackPublishers;
}

/** Text files that the user names: answers, settings. */
export interface UserFiles {
  /** @throws PacksmithError `FILE_UNREADABLE`, `PERMISSION_DENIED`, `DISK_FAILED`. */
  read(path: string): string | undefined;
  /** @throws PacksmithError `PERMISSION_DENIED`, `DISK_FULL`, `DISK_FAILED`. */
  write(path: string, text: string): void;
}

/** The file of the user's settings, and what reads and writes it: also where the settings have errors. */
export function openSettingsFile({ directories }: Pick<NodeSettings, 'directories'>): Pick<NodePorts, 'configFile' | 'files'> {
  return { configFile: userConfigFile(directories), files: { read: readUserFile, write: writeUserFile } };
}

/** The composition root: every port on the real machine. @throws PacksmithError `CONFIG_INVALID` when the user's settings have errors. */
export function createNodePorts(settings: NodeSettings): NodePorts {
  const { version, workingDirectory, packageRoot, directories, env } = settings;
  const config = loadUserConfig(directories);
  const shippedDirectory = join(packageRoot, 'packs');
  const scope = {
    tool: version,
    workingDirectory,
    shippedDirectory,
    configFile: userConfigFile(directories),
    dataDirectory: directories.data,
  };
  const cacheDirectory = directories.cache;
  const sources = {
    version,
    workingDirectory,
    home: settings.home,
    env,
    platform: process.platform,
    nodePath: process.execPath,
    cacheDirectory,
    config,
    now: () => Date.now(),
  };
  const signer = new NodeSigner(join(directories.config, 'keys'));
  return {
    config,
    toolVersion: version,
    repository: new NodePackRepository({
      roots: packRoots(settings, config, shippedDirectory),
      scope,
      cacheDirectory,
      now: () => Date.now(),
    }),
    places: openPlaces(sources),
    store: new NodePackStore(directories, { now: () => systemClock.now() }),
    openProject: (root) => new NodeProjectDir(root),
    ...openSettingsFile(settings),
    schemaDirectory: join(packageRoot, 'schemas'),
    openAuthoring: async () => {
      const { openPublishing } = await import('./adapters/publish/open-publishing.ts');
      return openPublishing(sources);
    },
    openTrials: loadTrials,
    openFormatter: () => openFormatter(env),
    signer,
    openSparqlEndpoint: async () => {
      const { openSparqlEndpoint } = await import('./adapters/sparql/open-sparql-endpoint.ts');
      return openSparqlEndpoint(sources);
    },
    verifySignature: createSignatureCheck({ signatures: config.signatures, reporter: settings.reporter, tools: signer.tools }),
    dataFiles: new NodeDataFiles(directories.state),
    openShapeValidator: async () => {
      const { WorkerShapeValidator } = await import('./adapters/shacl/worker-shape-validator.ts');
      return new WorkerShapeValidator({ workerFile: join(packageRoot, 'dist/shacl/worker.mjs') });
    },
    hooks: new NodeHookRunner({ env, now: () => performance.now() }),
    reporter: settings.reporter,
    prompter: settings.prompter,
    clock: systemClock,
    hash: nativeHash,
    readToolAnswers: (tool) => readToolAnswers(tool, settings),
    codec: deflateCodec,
    openSparqlEngine: async () => {
      const { OxigraphEngine } = await import('./adapters/sparql/oxigraph-engine.ts');
      return OxigraphEngine.start({ workerFile: join(packageRoot, 'dist/sparql/worker.mjs'), cacheDirectory });
    },
  };
}

async function loadTrials(): Promise<TrialPorts> {
  const { openTrials } = await import('./adapters/project/open-trials.ts');
  return openTrials();
}

async function openFormatter(env: NodeSettings['env']): Promise<Formatter> {
  const { NodeFormatter } = await import('./adapters/hooks/node-formatter.ts');
  return new NodeFormatter(env);
}

/** Where packs are looked for, strongest first. */
function packRoots({ workingDirectory, directories, home }: NodeSettings, config: UserConfig, shippedDirectory: string): PackRoot[] {
  const configured = config.directories.map((directory) => resolve(directories.config, directory.replace(/^~(?=\/|$)/, home)));
  return [
    { kind: 'project', directory: join(workingDirectory, 'packs') },
    ...configured.map((directory) => ({ kind: 'directory', directory }) as const),
    installedRoot(directories),
    { kind: 'builtin', directory: shippedDirectory },
  ];
}

/** The directory of the project that a directory is in: the nearest one at or above it, or else the directory itself. Absolute. */
export function findProjectRoot(start: string): string {
  return findProjectDirectory(start);
}

/** As `findProjectRoot`, where a directory that was changed without becoming a project counts as well: the one whose undo log is nearest. */
export function findChangedRoot(start: string): string {
  return findChangedDirectory(start);
}

/** The machine as `packs doctor` looks at it. It does not depend on the user's settings. */
export async function openMachine(settings: Pick<NodeSettings, 'directories' | 'env'>): Promise<MachinePort> {
  const { createNodeMachine } = await import('./adapters/system/node-machine.ts');
  return createNodeMachine(settings);
}

/** Somebody to ask on these streams, or `undefined` where they are no terminal. The prompts library is loaded only here. */
export async function openPrompter(streams: PromptStreams): Promise<Prompter | undefined> {
  const { createClackPrompter } = await import('./adapters/prompter/clack-prompter.ts');
  return createClackPrompter(streams);
}

async function readToolAnswers(tool: string, { home, env }: NodeSettings): ReturnType<NonNullable<Ports['readToolAnswers']>> {
  const settings = await import('./adapters/config/read-tool-answers.ts');
  return settings.readToolAnswers(tool, { home, env, platform: process.platform });
}
