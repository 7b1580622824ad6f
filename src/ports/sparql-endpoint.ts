export interface EndpointRequest {
  /** An http or https address. */
  readonly url: string;
  /** A whole query. */
  readonly text: string;
  /** The media types that are wanted, best first. Another answer is refused. */
  readonly accept: readonly string[];
  readonly signal?: AbortSignal;
}

export interface EndpointAnswer {
  /** Without parameters, in lower case. */
  readonly type: string;
  readonly text: string;
}

/** SPARQL elsewhere, by "SPARQL 1.1 Protocol". */
export interface SparqlEndpoint {
  /**
   * @throws PacksmithError `ENDPOINT_REFUSED` for an answer that is none, with what the server said; `SOURCE_UNREACHABLE`, `SOURCE_DENIED`,
   * `SOURCE_RESPONSE_INVALID`, `INTERRUPTED`.
   */
  query(request: EndpointRequest): Promise<EndpointAnswer>;
}
