/**
 * Names of rooms <-> names of the folders that hold their transcripts.
 *
 * A folder is named like its room, except for what no folder can be named or a scan would overlook; that is percent-encoded, and
 * so is a percent sign that would otherwise be read as the beginning of such a code.
 */

/** Slashes, control characters, a dot in front, a percent sign before two hexadecimal digits. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is encoded here.
const UNSAFE = /[/\\\u0000-\u001f\u007f]|^\.|%(?=[0-9A-F]{2})/g;
const CODE = /%([0-9A-F]{2})/g;
/** The room without a name. */
const NAMELESS = '%00';

export function folderOfRoom(room: string): string {
  const folder = room
    .toWellFormed()
    .replace(UNSAFE, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return folder === '' ? NAMELESS : folder;
}

export function roomOfFolder(folder: string): string {
  return folder === NAMELESS ? '' : folder.replace(CODE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
