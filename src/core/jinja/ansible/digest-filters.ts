import { encodeUtf8 } from '../../text/utf8.ts';
import type { Hash, OtherDigest } from '../../tree/digest.ts';
import { textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toText } from '../python-repr.ts';
import type { JinjaFilter, JinjaValue, Runtime } from '../values.ts';

/** Digests of text, and what is made of them. */
export const DIGEST_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter('hash', 'hashtype', (value, [type], runtime) => hashText(value, textArgument(type, 'hashtype', 'sha1'), runtime)),
  filter('md5', '', (value, _args, runtime) => hashText(value, 'md5', runtime)),
  filter('sha1', '', (value, _args, runtime) => hashText(value, 'sha1', runtime)),
  filter('checksum', '', (value, _args, runtime) => hashText(value, 'sha1', runtime)),
  filter('to_uuid', 'namespace', (value, [namespace], { budget, hash }) => {
    const space = textArgument(namespace, 'namespace', ANSIBLE_NAMESPACE).replaceAll('-', '').toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(space)) fail('the namespace is no UUID');
    const name = encodeUtf8(toText(value, budget));
    budget.spendSteps(name.length);
    return uuidOf(available(hash)(new Uint8Array([...bytesOf(space), ...name]), 'sha1'));
  }),
];

/** Of which the filters of Ansible that Copier has make their UUIDs; Ansible itself has another one. */
const ANSIBLE_NAMESPACE = '20851c88-ac15-449f-9ee7-74829105da86';

const OTHERS: readonly OtherDigest[] = ['md5', 'sha1', 'sha384', 'sha512'];

function hashText(value: JinjaValue, type: string, { budget, hash }: Runtime): string {
  const text = toText(value, budget);
  budget.spendSteps(text.length >> 2);
  if (type === 'sha256') return available(hash)(text.toWellFormed());
  const algorithm = OTHERS.find((known) => known === type) ?? fail(`the hash ${type} is not supported; write hash('sha256')`);
  return available(hash)(text.toWellFormed(), algorithm);
}

function available(hash: Runtime['hash']): Hash {
  return hash ?? fail('"hash" is not available here');
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

/** RFC 9562, version 5: the first bytes of a SHA-1, marked as what they are. */
function uuidOf(sha1: string): string {
  const variant = ((Number.parseInt(sha1.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [sha1.slice(0, 8), sha1.slice(8, 12), `5${sha1.slice(13, 16)}`, `${variant}${sha1.slice(18, 20)}`, sha1.slice(20, 32)].join('-');
}
