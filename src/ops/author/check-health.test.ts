import { describe, expect, it } from 'vitest';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { answersFromFlags } from '../../core/template/answers/given-sources.ts';
import type { ProbeOutcome } from '../../ports/health-probe.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { askServices, checkHealth, type HealthRequest } from './check-health.ts';

interface Scene {
  readonly host?: string;
  readonly flags?: readonly string[];
  readonly answer?: ProbeOutcome;
  readonly health?: string;
}

const answered = (status: number, attempts = 1): ProbeOutcome => ({ kind: 'answered', status, attempts });

async function ask({ host = 'localhost', flags = [], answer = answered(200), health }: Scene = {}) {
  const pack = makePack({
    id: 'web',
    manifest:
      health ?? '[variables.host]\ntype = "string"\ndefault = "localhost"\n[[health]]\nname = "api"\nurl = "http://{{ host }}:80/up"\n',
  });
  const asked: string[] = [];
  const answers = [
    { key: 'host', name: 'host', value: host, packs: [pack.manifest.id] },
    { key: 'x', name: 'x', value: 'y', packs: [] },
  ] as unknown as AnswerEntry[];
  const { reports, diagnostics } = await askServices(
    {
      pack,
      given: [answersFromFlags(flags)],
      answers,
      context: new Map(),
      timeoutMilliseconds: 1,
      retries: 0,
      signal: new AbortController().signal,
    },
    {
      probeHealth: async ({ url }) => {
        asked.push(url);
        return answer;
      },
    },
  );
  return { asked, reports, messages: diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`) };
}

describe('the health of a service', () => {
  it('is asked at the address that its answers make', async () => {
    expect(await ask()).toEqual({
      asked: ['http://localhost:80/up'],
      reports: [{ name: 'api', url: 'http://localhost:80/up', expected: 200, status: 200, attempts: 1, isHealthy: true }],
      messages: [],
    });
  });

  it.each<[what: string, answer: ProbeOutcome, says: string, status: number | undefined]>([
    ['another status', answered(503, 3), 'it answers 503 where 200 is expected (after 3 attempts)', 503],
    ['another status at once', answered(404), 'it answers 404 where 200 is expected (after one attempt)', 404],
    ['nothing', { kind: 'unreachable', reason: 'nobody listens', attempts: 2 }, 'nobody listens (after 2 attempts)', undefined],
  ])('is bad where it answers %s', async (_, answer, says, status) => {
    const { messages, reports } = await ask({ answer });
    expect(messages).toEqual([`error HEALTH_FAILED api: http://localhost:80/up: ${says}`]);
    expect(reports).toMatchObject([{ status, isHealthy: false }]);
  });

  it.each(['localhost', 'api.localhost', '127.0.0.1', '127.9.8.7', '[::1]'])('is asked on this machine: %s', async (host) => {
    expect((await ask({ host })).asked).toHaveLength(1);
  });

  it.each(['example.org', '10.0.0.1', '169.254.169.254', 'localhost.example.org', '127.0.0.1.example.org'])(
    'is not asked where the pack alone names %s',
    async (host) => {
      const { asked, messages, reports } = await ask({ host });
      expect([asked, reports[0]?.attempts]).toEqual([[], 0]);
      expect(messages).toEqual([
        `error HEALTH_FAILED api: http://${host}:80/up: only the pack names ${host}, which is not this machine: it was not asked`,
      ]);
    },
  );

  it.each(['host=example.org', 'host=example.org:80', 'host=http://example.org/x'])(
    'is asked elsewhere where the user names it: %s',
    async (flag) => {
      expect((await ask({ host: 'example.org', flags: [flag] })).asked).toEqual(['http://example.org:80/up']);
      expect((await ask({ host: 'example.org', flags: ['other=example.com', 'n=1'] })).asked).toEqual([]);
    },
  );

  it('is asked by http only', async () => {
    for (const url of ['file:///etc/passwd', 'not an address']) {
      const { asked, messages } = await ask({
        health: `[variables.host]\ntype = "string"\ndefault = "x"\n[[health]]\nname = "api"\nurl = "{{ '${url}' }}"\n`,
      });
      expect([asked, messages]).toEqual([[], [`error HEALTH_FAILED api: ${url}: it is not an http or https address`]]);
    }
  });

  it('is nothing to ask where the pack names nothing', async () => {
    const nothing = 'warning HEALTH_FAILED the pack names nothing to ask a running service';
    expect(await ask({ health: '' })).toEqual({ asked: [], reports: [], messages: [nothing] });
    const request = { pack: makePack(), given: [], timeoutMilliseconds: 1, retries: 0 } as unknown as HealthRequest;
    expect((await checkHealth(request, {} as never)).diagnostics).toMatchObject([{ severity: 'warning' }]);
  });
});
