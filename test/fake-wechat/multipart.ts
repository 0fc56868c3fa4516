/**
 * A form with a file (RFC 7578) -> the bytes of one field.
 *
 * In: the body of an upload. Out: what stands in the named part; empty if there is none.
 */
export function partOf(body: Buffer, name: string): Uint8Array {
  const head = body.indexOf(`name="${name}"`);
  const start = head === -1 ? -1 : body.indexOf('\r\n\r\n', head);
  if (start === -1) return new Uint8Array();
  const boundary = body.subarray(0, body.indexOf('\r\n'));
  const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start);
  return new Uint8Array(body.subarray(start + 4, end === -1 ? body.length : end));
}
