import type { ProgressEvent, Reporter } from '../ports/reporter.ts';

/** Keeps what it is told, in order. */
export class RecordingReporter implements Reporter {
  readonly events: ProgressEvent[] = [];

  report(event: ProgressEvent): void {
    this.events.push(event);
  }
}
