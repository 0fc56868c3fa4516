/**
 * Text to be shown -> the same with private numbers masked: telephone, identity card, bank card and e-mail.
 *
 * Masking happens where quotes are made, so nothing that leaves the knowledge wing carries them. The archive is not changed.
 */
// It begins where a run of its letters begins, or a long run without @ would be read once for every letter of it.
const EMAIL = /(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*@(?=[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})/g;
const ID_CARD = /(?<!\d)(\d{3})(\d{3}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2})(\d[\dXx])(?!\d)/g;
/** With or without the country's code; not the digits behind a decimal point. */
const MOBILE = /(?<!\d|\d\.)((?:(?:00|\+)?86[- ]?)?1[3-9]\d)([- ]?)\d{4}([- ]?)(\d{4})(?!\d)/g;
/** Area codes are 010, 02x and, with four digits, 03xx to 09xx. */
const LANDLINE = /(?<![\d-]|\d\.)(0(?:10|2\d|[3-9]\d\d)[)）]?[-—– ]?)(\d{3,4})(\d{4})(?!\d)/g;
/**
 * Web addresses are matched too, to be passed over: the long numbers in them are pages, and one in ten looks like a card. What is
 * left of a masked number belongs to no other one.
 */
const LONG_NUMBER = /https?:\/\/[\x21-\x7e]+|(?<![\d*])\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3,7}(?![\d*])/gi;

/** Same length as before, apart from e-mail addresses. Masking again changes nothing. */
export function mask(text: string): string {
  let masked = text;
  if (masked.includes('@')) masked = masked.replace(EMAIL, '$1***@');
  if (!/\d{3}/.test(masked)) return masked;
  return masked
    .replace(ID_CARD, (_, head: string, middle: string, tail: string) => head + '*'.repeat(middle.length) + tail)
    .replace(LONG_NUMBER, (whole: string) => (passesLuhn(whole) ? maskMiddle(whole) : whole))
    .replace(MOBILE, '$1$2****$3$4')
    .replace(LANDLINE, (_, area: string, middle: string, tail: string) => area + '*'.repeat(middle.length) + tail);
}

/** Keeps the first four and last four digits; separators stay. */
function maskMiddle(whole: string): string {
  const digits = whole.replace(/\D/g, '').length;
  let seen = 0;
  return whole.replace(/\d/g, (digit) => {
    seen++;
    return seen <= 4 || seen > digits - 4 ? digit : '*';
  });
}

/** Check digit of payment cards (ISO/IEC 7812-1): order numbers and amounts, which also are long, nearly always fail it. */
function passesLuhn(whole: string): boolean {
  if (!/^\d/.test(whole)) return false;
  const digits = whole.replace(/\D/g, '');
  if (digits.length > 19) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
