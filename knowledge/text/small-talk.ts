/**
 * Is a text talk with the bot itself (greeting, thanks, who are you, sing me a song) rather than a question to the group?
 * Everyday Chinese only. Such a text never has an answer in an archive, however many words it shares with it.
 */
const SMALL_TALK: readonly RegExp[] = [
  /^(?:在吗|在不在|在么|有人吗|喂|你好|您好|hi|hello|嗨|哈喽)/i,
  /^(?:早上?好|早安|上午好|中午好|下午好|晚上好|晚安|早[呀啊]?$)/,
  /^(?:谢谢|多谢|感谢|辛苦|再见|拜拜|好的|收到)/,
  /^(?:(?:请|麻烦)?你(?:到底)?(?:是|叫|会|能|几岁|多大|有|喜欢|爱|觉得我|怎么这么|真|好|太|在干|吃)[^，,。]{0,14}$)|你是谁|你是(?:真人|机器人|人工)|谁(?:做|造|开发|写)(?:出来)?的?你|把你(?:做|造|开发)/,
  /(?:讲|说|来)个?(?:笑话|故事|段子)|(?:唱|来)(?:一?首|个|支)歌|写(?:一?首|个|篇|段)(?:.{0,12})(?:诗|歌|作文|情书|文章)|陪我(?:聊|说|玩)/,
  /今天天气|天气(?:怎么样|如何|好)|要不要带伞|会下雨/,
  /我(?:今天|现在|好|很|有点)?(?:.{0,4})(?:心情|无聊|难过|开心|好累|想哭)/,
];

export function isSmallTalk(text: string): boolean {
  const bare = text.trim();
  return bare.length <= 30 && SMALL_TALK.some((pattern) => pattern.test(bare));
}
