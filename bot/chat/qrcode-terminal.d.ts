/** The one function used of qrcode-terminal, which brings no types. */
declare module 'qrcode-terminal' {
  const qrcode: {
    generate(text: string, options: { readonly small: boolean }, done: (drawing: string) => void): void;
  };
  export = qrcode;
}
