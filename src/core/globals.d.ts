/**
 * The only host objects the pure core may name: text encoding, which is pure and part of every JavaScript host.
 * Everything else (`node:*`, `process`, `fetch`, timers) does not compile below `src/core`.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
