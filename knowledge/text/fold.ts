/**
 * Text as shown -> text as matched: one spelling for what readers take as the same.
 *
 * Lower case, half width, no emoji codes, no addresses of pages and images. The result is only compared, never shown.
 */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
/** In front of a bracket it is the title of a link. */
const EMOJI_CODE = /\[[^[\]\n]{1,8}\](?!\()/g;
const IMAGE = /!\[[^\]]{0,200}\]\([^)\s]{0,2000}\)/g;
/** It ends before a Chinese character: people go on writing without a space. */
export const ADDRESS = /https?:\/\/[\x21-\x28\x2a-\x7e]+/gi;
const IMAGE_OR_LINK_MARK = /[!\]]/;

export function fold(text: string): string {
  let folded = text;
  if (IMAGE_OR_LINK_MARK.test(folded)) folded = folded.replace(IMAGE, ' ');
  if (folded.includes('://')) folded = folded.replace(ADDRESS, ' ');
  if (folded.includes('[')) folded = folded.replace(EMOJI_CODE, ' ');
  return folded.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).toLowerCase();
}
