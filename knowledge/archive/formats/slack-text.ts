/**
 * Text as Slack stores it -> text as people read it.
 *
 * `<@U1>`, `<#C1|name>`, `<!here>` and `<url|title>` become names and addresses; of HTML only &amp; &lt; and &gt; are escaped, once.
 * The marks for bold and the like stay, as they were typed.
 */

/** Names by id, of people and channels. */
export interface SlackNames {
  readonly people: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

export function readableSlack(text: string, names: SlackNames): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    const close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) break;
    parts.push(unescaped(text.slice(at, open)), reference(text.slice(open + 1, close), names));
    at = close + 1;
  }
  parts.push(unescaped(text.slice(at)));
  return parts.join('').trim();
}

function reference(inside: string, names: SlackNames): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1)).trim();
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${names.people.get(id) ?? (label || id)}`;
  if (target.startsWith('#')) return `#${names.channels.get(id) ?? (label || id)}`;
  // A group of people has its name with an @, a date a text for those who cannot show it.
  if (target.startsWith('!')) return label || `@${id.split('^', 1)[0]}`;
  const address = unescaped(target).replace(/^(?:mailto|tel):/, '');
  return label === '' || label === address || address.endsWith(`://${label}`) ? address : `${label} ${address}`;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
