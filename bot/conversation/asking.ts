/**
 * Whether what was said to the bot asks something, or only that it will.
 */

/** Words that ask. One of them in a call, and it can be answered. */
const ASKS = /[?？]|怎么|怎样|咋|如何|什么|啥|哪|谁|多少|多大|多久|几|为何|吗|是否|是不是|有没有|能不能|可不可以|行不行/;
/** A call that only announces a question. */
const ANNOUNCES =
  /^(在吗|在不在|你好|您好|hi|hello|(我|大家)?(想|能不能|能|可以)?(请教|请问|问|咨询)(一下|下|(一)?个(问题|事|事情))?|有(一)?个(问题|事|事情)(想?(请教|问)(一下|下)?)?)[\s，,。.!！?？~：:…吗吧哈]*$/i;

export function asksSomething(said: string): boolean {
  return ASKS.test(said);
}

export function announces(said: string): boolean {
  return ANNOUNCES.test(said);
}
