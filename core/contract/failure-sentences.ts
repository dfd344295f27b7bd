/** What the engine says of a dial, a check or a request that failed: a part of the closed set of `why-text.ts`. */
import type { Language } from './language.ts';

export const failureSentences = {
  'not-accepted': {
    en: '{place} did not accept a connection within {ms} ms',
    zh: '{place} 在 {ms} ms 内没有接受连接',
  },
  'no-handshake': {
    en: '{place} did not finish its TLS handshake within {ms} ms',
    zh: '{place} 在 {ms} ms 内没有完成 TLS 握手',
  },
  'closed-in-handshake': {
    en: '{place} closed the connection in its handshake',
    zh: '{place} 在握手中关闭了连接',
  },
  'dial-given-up': { en: 'the dial to {place} was given up', zh: '到 {place} 的拨号已放弃' },
  'asked-in-vain': {
    en: 'the {asked} to {host} had no answer within {ms} ms',
    zh: '{host} 在 {ms} ms 内没有应答 {asked}',
  },
  'not-ready': { en: '{ip} was not ready within {ms} ms', zh: '{ip} 在 {ms} ms 内没有就绪' },
  'closes-each': {
    en: '{ip} closes each connection after one answer',
    zh: '{ip} 每次响应后都关闭连接',
  },
  'broke-validating': {
    en: 'the connection to {ip} broke while it was validated',
    zh: '到 {ip} 的连接在验证时中断',
  },
  'closed-validating': {
    en: '{ip} closed the connection while it was validated',
    zh: '{ip} 在验证时关闭了连接',
  },
  'left-alone': {
    en: '{ip} asked to be left alone for {seconds} s more',
    zh: '{ip} 要求再等 {seconds} 秒',
  },
  'limit-full': { en: '{key} = {limit} is full', zh: '{key} = {limit} 已满' },
  'not-dialled': { en: '{ip} may not be dialled: {message}', zh: '{ip} 不可拨号：{message}' },
  'trial-undecided': {
    en: 'its probe has not come to an end within {seconds} s',
    zh: '其探测在 {seconds} 秒内没有结束',
  },
  'no-address': { en: '{host} has no address', zh: '{host} 没有地址' },
  'dns-unknown': {
    en: 'no address found for {host}: DNS does not know the name, or has no A or AAAA record of it ({code})',
    zh: '没有找到 {host} 的地址：DNS 中没有此名称，或没有它的 A、AAAA 记录（{code}）',
  },
  'dns-silent': {
    en: 'no address found for {host}: no name server answered ({code})',
    zh: '没有找到 {host} 的地址：没有 DNS 服务器应答（{code}）',
  },
  'dns-not-asked': {
    en: 'no address found for {host}: this machine could not ask ({code})',
    zh: '没有找到 {host} 的地址：本机无法询问 DNS（{code}）',
  },
  'acquire-late': {
    en: 'no connection to {host} within {ms} ms: {counts}',
    zh: '{ms} ms 内没有获取到 {host} 的连接：{counts}',
  },
  'acquire-early': {
    en: 'no connection to {host} can be free before the deadline at the present rate: {counts}',
    zh: '按目前速度，期限之前不会有到 {host} 的空闲连接：{counts}',
  },
  counts: {
    en: '{total} in all, {leased} leased, {idle} idle, {waiting} waiting, {dialing} dialing',
    zh: '共 {total}，租出 {leased}，空闲 {idle}，等待 {waiting}，拨号中 {dialing}',
  },
  'counts-dial': { en: '{counts}; last dial: {message}', zh: '{counts}；最近一次拨号：{message}' },
  'counts-rest': {
    en: '{counts}; its server has asked to be left alone for {duration} more (Retry-After)',
    zh: '{counts}；服务器要求再等 {duration}（Retry-After）',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
