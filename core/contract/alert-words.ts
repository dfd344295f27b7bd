/** The words of alerts in each language: for the screen, for events and for other programs alike. */
import type { AlertRule } from './alerts.ts';
import { counted, whole } from './counted.ts';
import type { Language } from './language.ts';

/** Those that are a figure of the pool or a host against a threshold. */
export type FigureRule = Exclude<
  AlertRule,
  'warm-up-success' | 'leak' | 'host-blocks-us' | 'lists-unread' | 'lists-unsaved'
>;

/** Those that are judged by a figure, which cannot always be told. */
export type MeasuredRule = FigureRule | 'warm-up-success';

export interface AlertWords {
  readonly figures: Readonly<Record<FigureRule, string>>;
  /** `clearing`: good again, so the threshold is the one that it was against. */
  readonly against: (value: string, sign: '<' | '>', threshold: string, clearing: boolean) => string;
  /** It was beyond its threshold, and there is nothing to judge by any more: `why`. */
  readonly lost: (sign: '<' | '>', threshold: string, why: string) => string;
  readonly whyLost: Readonly<Record<MeasuredRule, string>>;
  readonly warmUp: (host: string, against: string) => string;
  readonly leaks: (leases: number) => string;
  readonly hostBlocksUs: (host: string) => string;
  readonly diskFull: string;
  readonly listsUnread: (faults: number) => string;
  readonly listsUnsaved: string;
  readonly named: (subject: string, clause: string) => string;
  readonly detailed: (clause: string, detail: string) => string;
  /** Units, with their space or without. */
  readonly percent: string;
  readonly seconds: string;
  /** What is said of a state that holds no more, until its alert is over. */
  readonly wellAgain: {
    readonly leaks: string;
    readonly hostBlocksUs: (host: string) => string;
    readonly diskFull: string;
    readonly listsUnread: string;
    readonly listsUnsaved: string;
  };
}

const en: AlertWords = {
  figures: {
    'success-rate': 'success rate',
    'response-time': 'mean response',
    'healthy-share': 'healthy connections',
    'reuse-rate': 'reuse rate',
    'wait-p95': 'wait p95',
    'loop-delay': 'engine lag p99',
    'disk-full': 'free on the disk',
  },
  against: (value, sign, threshold, clearing) => `${value}${clearing ? ', was' : ''} ${sign} ${threshold}`,
  lost: (sign, threshold, why) => `was ${sign} ${threshold}; ${why}`,
  whyLost: {
    'success-rate': 'no request has finished in the last minute',
    'response-time': 'no request has finished in the last minute',
    'healthy-share': 'there is no connection',
    'reuse-rate': 'too few leases in the last minute to tell',
    'warm-up-success': 'too few results to tell',
    'wait-p95': 'no acquire was answered in the last minute',
    'loop-delay': 'it is not measured now',
    'disk-full': 'the system does not tell it now',
  },
  warmUp: (host, against) => `warm-up of ${host} ${against}`,
  leaks: (leases) => `${counted(leases, 'lease')} held too long`,
  hostBlocksUs: (host) => `${host} blocks us: every IP in use refuses our requests`,
  diskFull: 'nothing can be stored on the disk',
  listsUnread: (faults) => `access lists: ${counted(faults, 'fault')} in the file`,
  listsUnsaved: 'access lists are not saved',
  named: (subject, clause) => `${subject}: ${clause}`,
  detailed: (clause, detail) => `${clause}; ${detail}`,
  percent: ' %',
  seconds: ' s',
  wellAgain: {
    leaks: 'no lease is held too long any more',
    hostBlocksUs: (host) => `${host} no longer blocks us`,
    diskFull: 'the disk takes what is stored again',
    listsUnread: 'access lists: the file has no fault any more',
    listsUnsaved: 'access lists are saved again',
  },
};

const zh: AlertWords = {
  figures: {
    'success-rate': '成功率',
    'response-time': '平均响应',
    'healthy-share': '健康连接',
    'reuse-rate': '复用率',
    'wait-p95': '等待 p95',
    'loop-delay': '引擎延迟 p99',
    'disk-full': '磁盘剩余',
  },
  against: (value, sign, threshold, clearing) => `${value}${clearing ? '，此前' : ''} ${sign} ${threshold}`,
  lost: (sign, threshold, why) => `此前 ${sign} ${threshold}；${why}`,
  whyLost: {
    'success-rate': '最近一分钟没有完成的请求',
    'response-time': '最近一分钟没有完成的请求',
    'healthy-share': '没有连接',
    'reuse-rate': '最近一分钟租约太少，无法判断',
    'warm-up-success': '结果太少，无法判断',
    'wait-p95': '最近一分钟没有完成的获取',
    'loop-delay': '目前没有测量',
    'disk-full': '系统目前不提供',
  },
  warmUp: (host, against) => `${host} 的预热成功率 ${against}`,
  leaks: (leases) => `${whole(leases)} 份租约占用过久`,
  hostBlocksUs: (host) => `${host} 拦截了我们：所有在用 IP 都拒绝请求`,
  diskFull: '磁盘无法写入',
  listsUnread: (faults) => `访问名单：文件中有 ${whole(faults)} 处错误`,
  listsUnsaved: '访问名单未保存',
  named: (subject, clause) => `${subject}：${clause}`,
  detailed: (clause, detail) => `${clause}；${detail}`,
  percent: '%',
  seconds: ' 秒',
  wellAgain: {
    leaks: '不再有租约占用过久',
    hostBlocksUs: (host) => `${host} 不再拦截我们`,
    diskFull: '磁盘恢复写入',
    listsUnread: '访问名单：文件中已无错误',
    listsUnsaved: '访问名单恢复保存',
  },
};

export const alertWords: Readonly<Record<Language, AlertWords>> = { en, zh };
