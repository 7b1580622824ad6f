import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8.ts';
import type { EndpointAnswer, EndpointRequest, SparqlEndpoint } from '../../ports/sparql-endpoint.ts';
import type { HttpClient, HttpResponse } from '../http/http-client.ts';

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** Of what a server says of its refusal, this much is shown. */
const MAX_SAID = 300;

/** Sends queries by POST, as they are (SPARQL 1.1 Protocol, 2.1.3): they may be too long for an address, and nothing in between keeps them. */
export class HttpEndpoint implements SparqlEndpoint {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async query({ url, text, accept, signal }: EndpointRequest): Promise<EndpointAnswer> {
    const response = await this.#http.request({
      url,
      method: 'POST',
      headers: {
        accept: accept.map((type, index) => (index === 0 ? type : `${type};q=0.${9 - index}`)).join(', '),
        'content-type': 'application/sparql-query; charset=utf-8',
      },
      body: encodeUtf8(text),
      maximumBytes: MAX_ANSWER_BYTES,
      isExpectedType: (type) => accept.includes(type),
      signal,
    });
    const { status, headers, body } = response;
    if (status >= 300) throw refused(url, response);
    const answer = decodeUtf8(body);
    if (answer === undefined) throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(url)}: its answer is not UTF-8`);
    return { type: (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '', text: answer };
  }
}

function refused(url: string, { status, body }: HttpResponse): PacksmithError {
  const said = stripControlLine((decodeUtf8(body) ?? '').trim()).slice(0, MAX_SAID);
  const hints: Readonly<Record<number, string>> = {
    400: 'the endpoint cannot read the query, or has other limits',
    404: 'the address of an endpoint is often longer, such as /sparql or /query',
    405: 'the address is no endpoint that takes queries by POST',
    406: 'the endpoint has not this form; choose another --format',
    415: 'the address is no endpoint that takes queries by POST',
  };
  return new PacksmithError('ENDPOINT_REFUSED', `${redactUrl(url)} answers ${status}${said === '' ? '' : `: ${redactUrl(said)}`}`, {
    hint: hints[status] ?? 'ask whoever runs it',
  });
}
