/**
 * How a card looks: its sizes in pixels and its colours. 1080 pixels are three times the width of a small phone's screen, so 28 of
 * them are read like a phone's smallest print.
 */

export const WIDTH = 1080;
/** WeChat shows a longer picture as a strip that has to be opened. */
export const MOST_HEIGHT = 2_400;

export const COLOURS = {
  page: '#f2f0ea',
  head: '#173d33',
  onHead: '#ffffff',
  mutedOnHead: '#a9c4ba',
  bar: '#4f8472',
  busiest: '#f2b84b',
  card: '#ffffff',
  ink: '#1d2521',
  muted: '#6d7872',
  accent: '#1c7a5a',
  quote: '#f0f5f2',
  ask: '#b4690e',
  track: '#e7ece9',
  hairline: '#e4e8e5',
} as const;

/** Sizes of type. Nothing is smaller than `small`. */
export const TYPE = {
  figure: 54,
  room: 48,
  title: 36,
  heading: 34,
  body: 32,
  small: 28,
} as const;

export const SPACE = {
  margin: 40,
  padding: 30,
  gap: 20,
} as const;

/** Everything below the head stands on panels. */
export const PANEL_WIDTH = WIDTH - 2 * SPACE.margin;
export const INNER_WIDTH = PANEL_WIDTH - 2 * SPACE.padding;

/** Height of a line as a part of its size of type: Chinese has no ascenders, so lines need air. */
export const LEADING = 1.38;
