/** What an alert says in one sentence, without its full stop: for events, notifications and other programs. */
import { type Alert, type AlertRule, type AlertUnit, alertRuleFacts } from './alerts.ts';
import { counted } from './counted.ts';
import type { Language } from './finding-text.ts';
import { whyText } from './why-text.ts';

export type ToldAlert = Pick<Alert, 'rule' | 'subject' | 'value' | 'threshold' | 'detail'>;

/** Those that are a figure against a threshold. */
type FigureRule = Exclude<AlertRule, 'leak' | 'host-blocks-us' | 'lists-unread' | 'lists-unsaved' | 'list-recovery'>;

interface AlertWords {
  readonly figures: Readonly<Record<FigureRule, string>>;
  readonly leak: (leases: number | null) => string;
  readonly noLeak: string;
  readonly blocksUs: (host: string) => string;
  readonly unread: (faults: number | null, why: string) => string;
  readonly readAgain: (file: string) => string;
  readonly unsaved: (why: string) => string;
  readonly recovery: (ips: number | null) => string;
  readonly diskFull: string;
  readonly unknown: string;
}

const count = (value: number | null, one: string): string => (value === null ? `some ${one}s` : counted(value, one));

const en: AlertWords = {
  figures: {
    'success-rate': 'success rate of the last minute',
    'response-time': 'mean response of the last minute',
    'healthy-share': 'healthy connections',
    'reuse-rate': 'reuse of connections in the last minute',
    'warm-up-success': 'success of the warm-up',
    'wait-p95': 'p95 of the wait for a connection',
    'loop-delay': 'p99 of the engine’s lag',
    'disk-full': 'free space on the disk',
  },
  leak: (leases) => `${count(leases, 'lease')} held for longer than the leak threshold`,
  noLeak: 'no lease is held too long any more',
  blocksUs: (host) => `${host} blocks us: every IP in use answers so`,
  unread: (faults, why) => `the access lists have ${count(faults, 'fault')}: ${why}`,
  readAgain: (file) => `the file of the access lists has no fault any more: ${file}`,
  unsaved: (why) => `the access lists are not saved: ${why}`,
  recovery: (ips) => `${count(ips, 'IP')} came back to the white list in the last minute`,
  diskFull: 'the disk is full',
  unknown: 'unknown',
};

const zh: AlertWords = {
  figures: {
    'success-rate': '最近一分钟成功率',
    'response-time': '最近一分钟平均响应时间',
    'healthy-share': '健康连接占比',
    'reuse-rate': '最近一分钟连接复用率',
    'warm-up-success': '预热成功率',
    'wait-p95': '等待连接的 p95',
    'loop-delay': '引擎延迟的 p99',
    'disk-full': '磁盘剩余空间',
  },
  leak: (leases) => `${leases ?? '若干'} 份租约的占用时间超过泄漏阈值`,
  noLeak: '已没有租约占用过久',
  blocksUs: (host) => `${host} 拦截了我们：使用中的每个 IP 都这样应答`,
  unread: (faults, why) => `访问名单文件有 ${faults ?? '若干'} 处错误：${why}`,
  readAgain: (file) => `访问名单文件已无错误：${file}`,
  unsaved: (why) => `访问名单未保存：${why}`,
  recovery: (ips) => `最近一分钟有 ${ips ?? '若干'} 个 IP 回到白名单`,
  diskFull: '磁盘已满',
  unknown: '未知',
};

const languages: Readonly<Record<Language, AlertWords>> = { en, zh };

export function alertSentence(alert: ToldAlert, language: Language): string {
  const { rule, subject, value } = alert;
  const detail = alert.detail === null ? null : whyText(alert.detail, language);
  const words = languages[language];
  switch (rule) {
    case 'leak':
      return value === 0 ? words.noLeak : words.leak(value);
    case 'host-blocks-us':
      return words.blocksUs(subject);
    case 'lists-unread':
      return value === 0 ? words.readAgain(subject) : words.unread(value, detail ?? subject);
    case 'lists-unsaved':
      return words.unsaved(detail ?? subject);
    case 'list-recovery':
      return words.recovery(value);
    case 'disk-full':
      return `${subject}: ${value === null ? (detail ?? words.diskFull) : against(alert, rule, words)}`;
    default:
      return `${subject === 'pool' ? '' : `${subject}: `}${against(alert, rule, words)}${detail === null ? '' : `; ${detail}`}`;
  }
}

function against({ value, threshold }: ToldAlert, rule: FigureRule, { figures, unknown }: AlertWords): string {
  const { unit, bad } = alertRuleFacts[rule];
  const amountOf = (figure: number | null): string => (figure === null ? unknown : amount(figure, unit));
  return `${figures[rule]} ${amountOf(value)} ${bad === 'below' ? '<' : '>'} ${amountOf(threshold)}`;
}

function amount(value: number, unit: AlertUnit): string {
  switch (unit) {
    case 'share':
      return `${Math.floor(value * 1_000 + 1e-9) / 10} %`;
    case 'milliseconds':
      return value >= 1_000 ? `${round(value / 1_000)} s` : `${round(value)} ms`;
    case 'bytes':
      return `${round(value / 1_000_000)} MB`;
    default:
      return String(value);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
