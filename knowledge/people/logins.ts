/**
 * Sender ids that mean a person only until the next login, or not at all.
 *
 * Web WeChat gives everybody a new id, which begins with @, whenever the account logs in. A live capture writes which login an id
 * belongs to in front of it, so that ids of two logins are never compared. Transcripts that give no ids have names in their place.
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

const OF_NAME = '@name:';

/** What stands for the id of a sender of whom only a name is known. */
export function idOfName(name: string): string {
  return OF_NAME + name;
}

/** Whether an id says no more than a name. */
export function isIdOfName(id: string): boolean {
  return id.startsWith(OF_NAME);
}

/** The id as the chat gave it, or the name in its place. */
export function bareId(id: string): string {
  return isIdOfName(id) ? id.slice(OF_NAME.length) : id.replace(OF_LOGIN, '');
}

/** Whether an id is a room's, which some tools put in the place of who said a notice. */
export function isRoomId(id: string): boolean {
  return id.endsWith('@chatroom');
}
