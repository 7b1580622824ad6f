interface WebAssemblyParts {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly RuntimeError: new (message?: string) => Error;
}

/** What is used of the host's WebAssembly, which neither the language's nor Node's declarations have. */
export const { Module: WasmModule, RuntimeError: WasmRuntimeError } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyParts })
  .WebAssembly;
