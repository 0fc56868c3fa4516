/**
 * Sender ids that mean a person only until the next login.
 *
 * Web WeChat gives everybody a new id, which begins with @, whenever the account logs in. A live capture writes which login an id
 * belongs to in front of it, so that ids of two logins are never compared.
 */

const OF_LOGIN = /^@login-([0-9a-z]+):/;

/** `login` is lower-case letters and digits. */
export function idOfLogin(login: string, id: string): string {
  return `@login-${login}:${id}`;
}

/** The login of an id; undefined where none is told. */
export function loginOf(id: string): string | undefined {
  return OF_LOGIN.exec(id)?.[1];
}

/** The id as the chat gave it. */
export function bareId(id: string): string {
  return id.replace(OF_LOGIN, '');
}
