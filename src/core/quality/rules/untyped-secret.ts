import type { Rule } from '../rule.ts';

const SECRET_NAME =
  /(?:^|_)(?:secret|password|passwd|passphrase|api_?key|access_?key|private_?key|credentials?|auth_?token|access_?token)$/;

export const untypedSecret: Rule = {
  id: 'untyped-secret',
  severity: 'warning',
  summary: 'A variable whose name says that it is a secret is of another type, or a secret has a default that is the same for everybody',
  reason: 'Only a `secret` is kept out of the terminal, the manifest and the lockfile; a default that is published is no secret.',
  cure: 'Give it the type `secret`, and no default.',
  check: ({ pack: { manifest }, locate }) =>
    manifest.variables.flatMap(({ name, type, default: initial }) => {
      const at = { where: locate(['variables', name]), subject: `variables.${name}` };
      const isText = type === 'string' || type === 'text';
      if (isText && SECRET_NAME.test(name))
        return [{ message: `${name} is of the type ${type}`, ...at, suggestion: 'write type = "secret"' }];
      const isShared = type === 'secret' && typeof initial === 'string' && initial !== '';
      return isShared ? [{ message: `the secret ${name} has a default`, ...at, suggestion: 'remove the default' }] : [];
    }),
};
