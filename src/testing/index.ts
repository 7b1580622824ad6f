export { MemoryPackRepository } from './memory-pack-repository.ts';
export { MemoryProjectDir } from './memory-project-dir.ts';
export { makePack, type PackFixture, packToml } from './pack-fixture.ts';
export { RecordingReporter } from './recording-reporter.ts';
export { ScriptedPrompter } from './scripted-prompter.ts';
