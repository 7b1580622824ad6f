import { spawn } from 'node:child_process';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { SSH_NAMESPACE } from '../../core/signing/ssh-signature.ts';
import { decodeBase64 } from '../../core/text/base64.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';

const ARMOUR = /-----BEGIN SSH SIGNATURE-----([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----/;

/**
 * Signs bytes with an SSH key by OpenSSH's own program, which reads the key, asks the agent, and knows hardware keys. It asks nobody for a
 * passphrase: a locked key must be in the agent.
 * @throws PacksmithError `SIGNING_FAILED`.
 */
export async function signWithSsh(keyFile: string, message: Uint8Array): Promise<Uint8Array> {
  const { code, stdout, stderr } = await run(['-Y', 'sign', '-q', '-n', SSH_NAMESPACE, '-f', keyFile], message);
  const armoured = ARMOUR.exec(stdout)?.[1];
  if (code === 0 && armoured !== undefined) return decodeBase64(armoured);
  const reason = stripControlLine(stderr.trim().slice(0, 300)) || 'ssh-keygen gave no signature';
  throw new PacksmithError('SIGNING_FAILED', `the SSH key ${keyFile} cannot sign: ${reason}`);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input: Uint8Array): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A session of its own has no terminal, so that nothing can be asked.
    const child = spawn('ssh-keygen', args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (cause) =>
      reject(new PacksmithError('SIGNING_FAILED', 'ssh-keygen, which signs with SSH keys, cannot be started', { cause })),
    );
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
