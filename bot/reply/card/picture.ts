/** A picture as data: what is where, in pixels from the top left corner. In: nothing. Out: the types that layout and painter share. */

export type Weight = 400 | 500 | 700;

export interface Font {
  readonly size: number;
  readonly weight: Weight;
}

/** A text in one line; `y` is its baseline, `width` what it takes. */
export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly font: Font;
  readonly colour: string;
}

export interface BoxMark {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly colour: string;
}

export type Mark = TextMark | BoxMark;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Later ones lie on earlier ones. */
  readonly marks: readonly Mark[];
}

/** Pixels that a text takes in one line of a font. */
export type Measure = (text: string, font: Font) => number;
