/** 桥自身为何无法应答；引擎的拒绝用引擎自己的话。 */
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  noEngine: '连不上引擎。没有做任何修改；恢复后请重试。',
  closed: '控制台已关闭。',
  broke: '引擎应答之前连接中断。请检查操作是否已完成。',
  noKey: '本页面没有控制台的密钥。',
  noAnswer: (reason: string) => `引擎进程没有应答：${reason}`,
  frameForAnswer: (request: string) => `对 ${request} 的应答是一帧推送。`,
  hostMessage: '宿主的消息',
  answerTo: (request: string) => `对 ${request} 的应答`,
  frameOf: (stream: string) => ` ${stream} 的推送`,
  unknownForm: '形式未知',
  unreadable: (what: string, at: string) => `无法读取${what}（${at}）。请重新加载页面。`,
};
