/**
 * An instant as people in a time zone read it.
 *
 * In: an IANA zone, a UTC instant in ms. Out: `YYYY-MM-DD HH:MM`.
 */
export function localTime(zone: string): (at: number) => string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => format.format(at);
}
