/** The words of alerts in each language: for the screen, for events and for other programs alike. */
import type { AlertRule } from './alerts.ts';
import { counted, whole } from './counted.ts';
import type { Language } from './language.ts';

/** Those that are a figure of the pool or a host against a threshold. */
export type FigureRule = Exclude<
  AlertRule,
  'warm-up-success' | 'leak' | 'host-blocks-us' | 'lists-unread' | 'lists-unsaved'
>;

export interface AlertWords {
  readonly figures: Readonly<Record<FigureRule, string>>;
  /** `clearing`: good again, so the threshold is the one that it was against. */
  readonly against: (value: string, sign: '<' | '>', threshold: string, clearing: boolean) => string;
  readonly warmUp: (host: string, against: string) => string;
  readonly leaks: (leases: number) => string;
  readonly hostBlocksUs: (host: string) => string;
  readonly diskFull: string;
  readonly listsUnread: (faults: number) => string;
  readonly listsUnsaved: string;
  readonly named: (subject: string, clause: string) => string;
  readonly detailed: (clause: string, detail: string) => string;
  /** A figure that cannot be told. */
  readonly unknown: string;
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
    'healthy-share': 'healthy',
    'reuse-rate': 'reuse rate',
    'wait-p95': 'wait p95',
    'loop-delay': 'engine lag p99',
    'disk-full': 'free on the disk',
  },
  against: (value, sign, threshold, clearing) => `${value}${clearing ? ', was' : ''} ${sign} ${threshold}`,
  warmUp: (host, against) => `warm-up of ${host} ${against}`,
  leaks: (leases) => `${counted(leases, 'lease')} held too long`,
  hostBlocksUs: (host) => `${host} blocks us: every IP in use refuses our requests`,
  diskFull: 'nothing can be stored on the disk',
  listsUnread: (faults) => `access lists: ${counted(faults, 'fault')} in the file`,
  listsUnsaved: 'access lists are not saved',
  named: (subject, clause) => `${subject}: ${clause}`,
  detailed: (clause, detail) => `${clause}; ${detail}`,
  unknown: 'unknown',
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
  warmUp: (host, against) => `${host} 的预热成功率 ${against}`,
  leaks: (leases) => `${whole(leases)} 份租约占用过久`,
  hostBlocksUs: (host) => `${host} 拦截了我们：所有在用 IP 都拒绝请求`,
  diskFull: '磁盘无法写入',
  listsUnread: (faults) => `访问名单：文件中有 ${whole(faults)} 处错误`,
  listsUnsaved: '访问名单未保存',
  named: (subject, clause) => `${subject}：${clause}`,
  detailed: (clause, detail) => `${clause}；${detail}`,
  unknown: '未知',
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
