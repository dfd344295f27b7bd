/**
 * 界面用语。同一个概念只用一个词：
 *
 * pool 连接池 · connection 连接（量词“条”）· host 主机 · endpoint 端点 · origin 源 · target 目标
 * acquire 获取 · release 归还 · lease 租约（状态：已租出）· idle 空闲 · wait 等待
 * dial 拨号 · handshake 握手 · warm up 预热 · refill 补足 · drain 排空 · close 关闭
 * evict 驱逐（为别的连接腾位）· eject 剔除（IP 暂停使用）· back-off 退避 · on trial 试用 · panic 恐慌模式
 * check 检查（连接）· probe 探测（IP）· validate 验证 · healthy 健康 · verdict 结论
 * white list 白名单 · black list 黑名单 · block 拉黑 · entry 条目 · origin of an entry 来源
 * alert 告警 · firing 触发 · acknowledge 确认 · mute 静音 · threshold 阈值
 * watch 监控（主机）· ban 封禁（自动）· blocked 拦截（403）· undo 撤销 · response 响应（HTTP）· snapshot 快照
 * finding 发现 · remedy 处置 · engine 引擎 · automaton 自动机制 · operator 操作员 · run 任务（一次预热）
 *
 * 协议、算法与配置键（TLS、HTTP/2、p95、max_idle_conns）不译。数字、拉丁字母与汉字之间空一格，句中用全角标点。
 */
import { closeReasonsZh, errorClassesZh } from '../../core/contract/vocabulary-zh.ts';
import * as format from './format.ts';
import type * as en from './vocabulary-en.ts';

export const words: typeof en.words = {
  states: {
    dialing: '拨号中',
    validating: '验证中',
    idle: '空闲',
    checking: '检查中',
    leased: '已租出',
    draining: '排空中',
    closed: '已关闭',
    unhealthy: '不健康',
  },
  closeReasons: closeReasonsZh,
  errorClasses: errorClassesZh,
  ipFlags: {
    ejected: {
      word: 'IP 已剔除',
      hint: '此 IP 停用，直到探测发现它恢复：退避结束时探测，最迟每个 blacklist_check_interval 探测一次',
    },
    probing: { word: 'IP 试用中', hint: '正在重新尝试此 IP：一次一个请求，看它是否恢复' },
    blocked: { word: 'IP 已拉黑', hint: '有规则禁止使用此 IP' },
    held: { word: 'IP 暂留使用', hint: '此 IP 本应剔除；受 max_ejected_share 所限，继续使用' },
  },
  origins: { operator: '操作员', file: '文件', config: '配置', automatic: '自动' },
  lists: { white: '白名单', black: '黑名单' },
  outcomes: {
    ok: '全部就绪',
    'partly-failed': '部分失败',
    failed: '失败',
    'nothing-dialled': '未拨号',
    cancelled: '已取消',
  },
  verdicts: { healthy: '健康', degraded: '降级', unhealthy: '不健康', empty: '空' },
  counted: (name: string, times: string) => `${name} ${times} 次`,
  noConnection: '连接池里没有连接',
  dialsFail: (failed: number, dials: number) =>
    `没有连接：最近一分钟${failed === dials ? `全部 ${format.count(dials)} 次拨号失败` : `${format.count(dials)} 次拨号中失败 ${format.count(failed)} 次`}`,
  fewConnections: (connections: number, wanted: number | null) =>
    `${format.count(connections)} 条连接 < ${format.count(wanted)}`,
  checkKinds: {
    dial: '拨号',
    probe: '探测',
    check: '检查',
    ping: 'PING',
  },
  checkOutcomes: {
    good: '正常',
    blocked: '被拦截',
    auth: '未授权',
    busy: '繁忙',
    'bad-status': '状态码异常',
    broken: '已损坏',
  },
};
