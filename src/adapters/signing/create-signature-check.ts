import { checkSignature, type SignatureSettings } from '../../core/signing/check-signature.ts';
import type { SigningTools } from '../../core/signing/signing-tools.ts';
import type { Reporter } from '../../ports/reporter.ts';
import type { VerifySignature } from '../../ports/signer.ts';

export interface SignatureCheckSettings {
  readonly signatures: SignatureSettings;
  /** Told once of each pack that the policy lets pass with a warning. */
  readonly reporter: Reporter;
  readonly tools: SigningTools;
}

/** The check of signatures by the user's settings. Packs that are shipped with packsmith are part of it and need no signature of their own. */
export function createSignatureCheck({ signatures, reporter, tools }: SignatureCheckSettings): VerifySignature {
  const told = new Set<string>();
  return ({ id, version, source }, { files }) => {
    if (source === 'builtin') return;
    const outcome = checkSignature({ id, version, files }, signatures, tools);
    if (outcome.kind !== 'unproven' || told.has(outcome.warning)) return;
    told.add(outcome.warning);
    reporter.report({ kind: 'signature-doubtful', warning: outcome.warning });
  };
}
