/** 命令面板的文字。 */
import { coarseSpan, count } from '../words/format.ts';
import type * as en from './words-en.ts';

export const words: typeof en.words = {
  title: '命令面板',
  field: '查找操作、主机、IP 或设置项',
  placeholder: '查找操作、主机、IP、#连接号、设置项…',
  open: '搜索',
  kinds: {
    here: '当前',
    recent: '最近使用',
    alert: '告警',
    view: '视图',
    action: '操作',
    host: '主机',
    display: '显示',
    ip: 'IP',
    connection: '连接',
    setting: '设置',
  },
  none: (query: string) => `没有与“${query}”匹配的内容`,
  noneText: '操作、主机和设置项用中英文名称都能找到；IP 输入任意一段即可。',
  found: (entries: number) => `找到 ${count(entries)} 项`,
  move: '移动',
  choose: '选择',
  leave: '关闭',
  ofChosen: (action: string, connections: number) => `${action}所选的 ${count(connections)} 条连接`,
  block: (ips: readonly string[]) => (ips.length === 1 ? `拉黑 ${ips[0]}…` : `拉黑 ${count(ips.length)} 个 IP…`),
  connectionsOf: (ip: string) => `${ip} 的连接`,
  probe: (ip: string, host: string) => `立即为 ${host} 探测 ${ip}`,
  ofWarmUp: (action: string, hosts: string) => `${action}对 ${hosts} 的预热`,
  hostHint: (ips: number) => `它的连接 · ${count(ips)} 个 IP`,
  warmUp: (host: string) => `预热 ${host}…`,
  request: (host: string) => `向 ${host} 发送请求…`,
  ago: (ms: number) => `${coarseSpan(ms)}前`,
  unknownIp: '不属于任何监控的主机',
  connection: (id: number) => `连接 #${id}`,
};
