const SECRET_PARAMETER =
  /([?&](?:[\w-]*(?:token|secret|password|passwd|signature|credential|api[_-]?key)[\w-]*|auth|key|sig|pwd)=)[^&#\s"'<>]*/gi;
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#"'<>]*)@/gi;

/**
 * Takes the credentials out of every address in a text: user names and passwords before the host (the bare user name of ssh, which is no secret,
 * stays) and query parameters whose names say that they are secret. Safe on any text; doing it twice changes nothing.
 */
export function redactUrl(text: string): string {
  return text.replace(USER_INFO, redactUserInfo).replace(SECRET_PARAMETER, '$1***');
}

function redactUserInfo(_match: string, scheme: string, userInfo: string): string {
  if (!/ssh:\/\/$/i.test(scheme)) return `${scheme}***@`;
  const [user = ''] = userInfo.split(':', 1);
  return user === userInfo ? `${scheme}${userInfo}@` : `${scheme}${user}:***@`;
}

/** Tells whether an address has a password, a token or another secret in it. */
export function hasCredentials(url: string): boolean {
  return redactUrl(url) !== url;
}
