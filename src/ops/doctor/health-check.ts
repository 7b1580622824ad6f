import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** What one check found. */
export interface HealthCheck {
  /** Stable: `node`, `git`, `settings` … */
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'error';
  /** One clause. */
  readonly message: string;
  /** What to do, where something is wrong. */
  readonly cure?: string;
  /** Whether `--fix` mends it: only what cannot lose anything. */
  readonly isFixable?: boolean;
  /** What `--fix` did about it. */
  readonly fixed?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** A finding, and the way to mend it where that is safe. */
export interface Finding extends Omit<HealthCheck, 'isFixable' | 'fixed'> {
  /** Mends it, and says what was done. */
  readonly mend?: () => Promise<string> | string;
}
