export { MemoryDataFiles } from './memory-data-files.ts';
export { MemoryPackRepository } from './memory-pack-repository.ts';
export { MemoryPackStore } from './memory-pack-store.ts';
export { MemoryProjectDir } from './memory-project-dir.ts';
export { makePack, type PackFixture, packToml } from './pack-fixture.ts';
export { RecordingReporter } from './recording-reporter.ts';
export { ScriptedPrompter } from './scripted-prompter.ts';
