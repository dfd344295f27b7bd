/**
 * Why the engine does or tells something, where that is one of a closed set of sentences: kept and sent in English, so that
 * a log and a program can read it, and said in the reader's language. What a system or a peer said within one stays as it came.
 */

import { failureSentences } from './failure-sentences.ts';
import type { Language } from './language.ts';
import { systemPhrases } from './system-phrases.ts';
import type { CloseReason } from './vocabulary.ts';

/** Follows "closed: ", or "closed … ago: ". */
export const closeReasonWords: Readonly<Record<CloseReason, string>> = {
  'idle-timeout': 'neither a request nor a check had touched it for idle_timeout',
  'max-lifetime': 'it had lived its max_lifetime',
  replaced: 'it was near its max_lifetime, and its successor was ready',
  'server-idle-limit': 'its server was about to close it for idleness, and a request would have met that',
  unhealthy: 'its server answered a check, or the look after a failed lease, with a status that is not good',
  blacklisted: 'a black list has forbidden its address',
  'not-allowed': 'whitelist_mode is "enforce", and no white list has its address',
  'peer-closed': 'its server has closed it',
  goaway: 'its server has sent GOAWAY',
  broken: 'the network broke it, or it gave no answer in time',
  'response-not-drained': 'a response that its user had left unread did not come to its end',
  evicted: 'it lay idle, and its place was needed or max_idle_conns was full',
  operator: 'an operator has closed it',
  'config-changed': 'a change of the settings left no place for it',
  'dns-vanished': 'its address is no longer one of its host',
  'pool-closed': 'the pool was closed',
  'failed-dial': 'it could not be connected',
  'failed-validation': 'its first answer was not good',
  aborted: 'it was no longer wanted while it was being made',
};

const closeReasonsZh: Readonly<Record<CloseReason, string>> = {
  'idle-timeout': '在 idle_timeout 内既没有请求也没有检查',
  'max-lifetime': '已达到 max_lifetime',
  replaced: 'max_lifetime 将至，接替它的连接已就绪',
  'server-idle-limit': '其服务器即将因空闲关闭它，请求会遇上这次关闭',
  unhealthy: '检查或租约失败后的复查得到的状态码不正常',
  blacklisted: '黑名单禁止了其地址',
  'not-allowed': 'whitelist_mode 为 "enforce"，而没有白名单包含其地址',
  'peer-closed': '已被其服务器关闭',
  goaway: '其服务器发来 GOAWAY',
  broken: '网络将其中断，或没有及时应答',
  'response-not-drained': '使用者未读完的响应没有结束',
  evicted: '空闲，其名额另有所需或 max_idle_conns 已满',
  operator: '已由操作员关闭',
  'config-changed': '设置变更后没有它的位置',
  'dns-vanished': '其地址已不属于其主机',
  'pool-closed': '连接池已关闭',
  'failed-dial': '未能建立连接',
  'failed-validation': '首次应答不正常',
  aborted: '在建立过程中已不再需要',
};

/** `{name}` stands for what differs. */
const sentences = {
  ...failureSentences,
  ...systemPhrases,
  'on-no-list': {
    en: 'it is on no white list, and whitelist_mode is "enforce"',
    zh: '不在任何白名单上，而 whitelist_mode 为 "enforce"',
  },
  listed: {
    en: 'the {origin} entry {value} of the {list} list refuses it',
    zh: '被{list}中的{origin}条目 {value} 拒绝',
  },
  ejected: {
    en: 'it is ejected: the {origin} entry {value} of the {list} list refuses it until a probe finds it well',
    zh: '已被剔除：被{list}中的{origin}条目 {value} 拒绝，直到探测发现它恢复正常',
  },
  resting: {
    en: 'its server has asked to be left alone for {duration} more (Retry-After)',
    zh: '其服务器要求再等 {duration}（Retry-After）',
  },
  'named-failed': {
    en: 'no connection to {ip}, which was asked for by name: {message}',
    zh: '未能连接到指定的 {ip}：{message}',
  },
  'named-rests': {
    en: 'no connection to {ip}, which was asked for by name: {message}; it has asked to be left alone for {duration} more (Retry-After)',
    zh: '未能连接到指定的 {ip}：{message}；它要求再等 {duration}（Retry-After）',
  },
  vanished: { en: 'its host does not have this address any more', zh: '其主机已不再有此地址' },
  'left-dns': { en: '{ip} is no longer an address of {host}', zh: '{ip} 已不再是 {host} 的地址' },
  'looked-at': { en: 'connection {id} is looked at again', zh: '连接 {id} 正在复查' },
  'looked-at-after': { en: 'connection {id} is looked at again: {message}', zh: '连接 {id} 正在复查：{message}' },
  undialable: { en: 'it cannot be dialled: {message}', zh: '无法拨号：{message}' },
  closed: { en: 'closed: {closed}', zh: '已关闭：{closed}' },
  unknown: { en: 'it is not known what befell it', zh: '原因不明' },
  forgotten: { en: 'the pool has forgotten the host', zh: '连接池已不再记得该主机' },
  'one-failed': { en: '{failed} of {done} failed: {message}', zh: '{done} 次中失败 {failed} 次：{message}' },
  'all-failed-alike': {
    en: '{failed} of {done} failed, all like this: {message}',
    zh: '{done} 次中失败 {failed} 次，都类似于：{message}',
  },
  'mostly-failed': {
    en: '{failed} of {done} failed, mostly: {message}',
    zh: '{done} 次中失败 {failed} 次，主要是：{message}',
  },
  'failed-variously': {
    en: '{failed} of {done} failed, among other reasons: {message}',
    zh: '{done} 次中失败 {failed} 次，原因不一，例如：{message}',
  },
  'answers-blocked': { en: '{place} answers {status}: blocks us', zh: '{place} 返回 {status}：拦截我们' },
  'answers-auth': { en: '{place} answers {status}: asks for authentication', zh: '{place} 返回 {status}：要求认证' },
  'answers-busy': { en: '{place} answers {status}: is busy', zh: '{place} 返回 {status}：繁忙' },
  'answers-bad-status': {
    en: '{place} answers {status}: does not count as good',
    zh: '{place} 返回 {status}：不算正常',
  },
  'lists-deleted': {
    en: 'the file was deleted; the lists are in force from memory, and are written again with the next change',
    zh: '文件已被删除；名单仍在内存中生效，下次修改时会重新写入',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

type Why = keyof typeof sentences;
type SlotOf<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}` ? Slot | SlotOf<Rest> : never;
type Slots<Key extends Why> = Readonly<Record<SlotOf<(typeof sentences)[Key]['en']>, string | number>>;

const terms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  origin: { operator: '操作员', file: '文件', config: '配置', automatic: '自动' },
  list: { white: '白名单', black: '黑名单' },
  closed: Object.fromEntries(
    Object.entries(closeReasonsZh).map(([reason, text]) => [closeReasonWords[reason as CloseReason], text]),
  ),
};

const slot = /\{(\w+)\}/g;

function filled(text: string, slots: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(slot, (_, name: string) => String(slots[name] ?? ''));
}

/** In English, as it is kept and sent. */
export function whyWords<Key extends Why>(why: Key, slots: Slots<Key>): string {
  return filled(sentences[why].en, slots);
}

/** Slots that hold a whole number. */
const figures: ReadonlySet<string> = new Set([
  'total',
  'leased',
  'idle',
  'waiting',
  'dialing',
  'ms',
  'seconds',
  'limit',
]);

/** The longer ones first: one may begin as another does. */
const readers = Object.values(sentences)
  .toSorted((one, other) => other.en.length - one.en.length)
  .map(({ en, zh }) => {
    const literal = en.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
    return {
      read: new RegExp(
        `^${literal.replaceAll(slot, (_, name: string) => `(?<${name}>${figures.has(name) ? '\\d+' : '.+'})`)}$`,
        's',
      ),
      zh,
    };
  });

/** One that is not of the set stays as it is. */
export function whyText(english: string, language: Language): string {
  if (language === 'en') {
    return english;
  }
  for (const { read, zh } of readers) {
    const found = read.exec(english);
    if (found) {
      const slots = Object.entries(found.groups ?? {}).map(([name, value]) => [
        name,
        terms[name]?.[value] ?? inner(name, value, language),
      ]);
      return filled(zh, Object.fromEntries(slots));
    }
  }
  return english;
}

/** What a system, a library or a peer said: in another language it stands in quotes, unless it is one of the set. */
export function rawText(message: string, language: Language): string {
  const said = whyText(message, language);
  return language === 'en' || said !== message ? said : `“${message}”`;
}

/** What stands in a gap may be one of the set itself; of a failure, or what somebody else said. */
function inner(name: string, value: string, language: Language): string {
  switch (name) {
    case 'message':
    case 'counts':
      return whyText(value, language);
    default:
      return value;
  }
}

interface Lost {
  readonly host: string;
  readonly ip: string;
  readonly connections: number;
  readonly why: string;
}

/** `192.0.2.1 of a.test (closed: its server has closed it), 2 times 192.0.2.2 of …`. */
export function lostWords(lost: readonly Lost[]): string {
  return lost
    .map(
      ({ ip, host, connections, why }) =>
        `${connections === 1 ? '' : `${connections} times `}${ip} of ${host} (${why})`,
    )
    .join(', ');
}

const betweenLost = /(?<=\)), (?=(?:\d+ times )?[\da-f]*[.:][\da-f.:]* of \S+ \()/;
const oneLost = /^(?:(?<times>\d+) times )?(?<ip>\S+) of (?<host>\S+) \((?<why>.+)\)$/s;

/** {@link lostWords}, in the reader's language. */
export function lostText(english: string, language: Language): string {
  if (language === 'en') {
    return english;
  }
  return english
    .split(betweenLost)
    .map((one) => {
      const { ip, host, times, why = '' } = oneLost.exec(one)?.groups ?? {};
      const many = times === undefined ? '' : ` × ${times}`;
      return ip === undefined ? one : `${host} 的 ${ip}${many}（${whyText(why, language)}）`;
    })
    .join('、');
}
