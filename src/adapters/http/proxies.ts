import { BlockList, isIP } from 'node:net';

/** The way to the network. Addresses may hold credentials and are shown through `redactUrl` only. */
export interface ProxySettings {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached directly: `host`, `.domain`, `host:port`, an IP address or range, or `*`. */
  readonly noProxy: readonly string[];
}

/** Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in lower case too, which wins as it does for curl. */
export function proxiesFromEnvironment(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const all = read('ALL_PROXY');
  const noProxy = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((host) => host !== '');
  return { http: read('HTTP_PROXY') ?? all, https: read('HTTPS_PROXY') ?? all, noProxy };
}

/** Takes each setting from the first that has it. */
export function firstProxies(...settings: readonly ProxySettings[]): ProxySettings {
  const http = settings.find((setting) => setting.http !== undefined)?.http;
  const https = settings.find((setting) => setting.https !== undefined)?.https;
  return { http, https, noProxy: settings.find(({ noProxy }) => noProxy.length > 0)?.noProxy ?? [] };
}

/** The proxy that a request goes through, or `undefined` where it goes directly. A proxy written without a scheme is reached by http. */
export function chooseProxy(url: URL, proxies: ProxySettings): URL | undefined {
  const proxy = url.protocol === 'https:' ? proxies.https : proxies.http;
  if (proxy === undefined || proxies.noProxy.some((pattern) => matchesHost(url, pattern))) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function matchesHost(url: URL, pattern: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (pattern === '*') return true;
  if (pattern.includes('/')) return isInSubnet(host, pattern);
  const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(pattern) === 6 ? `[${pattern}]` : pattern.toLowerCase()) ?? [];
  const actualPort = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (port !== undefined && port !== actualPort) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function isInSubnet(host: string, pattern: string): boolean {
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  const [network = '', prefix = ''] = pattern.split('/');
  if (isIP(host) === 0 || isIP(network) !== isIP(host) || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(host, family);
}
