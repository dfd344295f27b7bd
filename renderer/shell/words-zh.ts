/** 视图外框的文字。 */
import type { ConsoleSession } from '../../core/contract/console-session.ts';
import { count, span } from '../words/format.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  noSuchView: (name: string) => `没有视图 ${name}：这里是总览`,
  noSuchMoment: (text: string) => `${text} 不是时刻：这里显示现在`,
  wholePage: '控制台',
  product: 'Hotpool',
  navigation: '视图',
  skip: '跳到视图内容',
  verdict: '结论',
  recovers: '恢复中',
  forSpan: (ms: number) => `已持续 ${span(ms)}`,
  localOutage: (reason: string) => `本机故障：${reason}；期间的失败不算在 IP 上`,
  panic: (host: string, available: number, ips: number) =>
    `${host} 处于恐慌模式：${count(ips)} 个 IP 中只有 ${count(available)} 个可用，因此忽略剔除`,
  alertToast: (title: string, alert: string) => `${title}：${alert}`,
  notification: (title: string) => `Hotpool：${title}`,
  alert: { critical: '严重告警', warning: '警告' },
  more: (reasons: number) => `另有 ${count(reasons)} 个原因`,
  unknown: '未知',
  lastKnown: (verdict: string, ageMs: number) => `最后已知：${verdict}，${span(ageMs)}前`,
  noFiguresThen: '没有那个时间的数据',
  waitingForFigures: '正在等待第一批数据',
  mode: (session: ConsoleSession) => {
    const ips = session.hosts.reduce((sum, host) => sum + host.ips, 0);
    const size = `${count(session.hosts.length)} 台主机 · ${count(ips)} 个 IP`;
    return session.mode === 'demo' ? `演示集群 · ${size}` : `${fileName(session.configFile)} · ${size}`;
  },
  now: '现在',
  live: '实时',
  connecting: '正在连接',
  lost: '引擎失联',
  age: (ms: number) => `数据已有 ${span(ms)}`,
  lag: '延迟',
  lagHint: '引擎事件循环的延迟，最近一秒的 p99',
  cpu: 'CPU',
  memory: '内存',
  descriptors: '描述符',
  uptime: '运行',
  theme: '主题',
  themes: { dark: '深色', light: '浅色', system: '跟随系统', contrast: '高对比度' },
  otherLanguage: 'EN',
  lostTitle: '连不上引擎。',
  lostText: (ageMs: number | null) =>
    ageMs === null ? '还没有收到任何数据。' : `您看到的是 ${span(ageMs)}前的数据，不再变化。`,
  lostNext: (ms: number) => `${span(ms)}后再试。`,
  lostTrying: '正在重试…',
  fault: '引擎发来了本页面无法读取的内容。',
  configFaults: (faults: number) => `配置文件中有 ${count(faults)} 处错误`,
  configFaultHint: '原来的配置继续运行。设置中会指出错误在哪里。',
  configWarnings: (warnings: number) => `${count(warnings)} 条配置警告`,
  refusedTitle: '本页面没有控制台的密钥',
  refusedText:
    '无界面控制台只回应持有密钥的人。复制来的地址不带密钥：标签页只为自己保存它。密钥在控制台启动时打印的那一行里：',
  refusedStale: '本标签页的密钥不是这个控制台的，或已失效。',
  refusedExample: 'Hotpool Console ready at http://127.0.0.1:PORT/#token=TOKEN',
  refusedSteps: [
    '另一个标签页正显示控制台？复制（克隆）那个标签页即可，密钥会一同带来。',
    '否则从启动控制台的终端复制那一行，粘贴到这里。随后会打开此地址所指的视图。',
    '如果之后重启过，请用最新的一行：只有自己指定端口时密钥才保持不变。',
  ],
  refusedField: '那一行、其中的地址，或仅密钥',
  refusedNoKey: '其中没有密钥：请粘贴整行',
  refusedOpen: '打开控制台',
};

function fileName(path: string | null): string {
  return path === null ? '配置' : (path.split(/[\\/]/).at(-1) ?? path);
}
