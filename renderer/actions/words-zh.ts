/** 操作的名称，以及完成后的提示。 */
import type { AccessImpact } from '../../core/contract/access.ts';
import { count, span } from '../words/format.ts';
import { errorClassWords } from '../words/vocabulary.ts';
import type { ProbeResult } from './probe-result.ts';
import type * as en from './words-en.ts';

function entries(added: number, removed: number): string {
  return (
    [added > 0 && `新增 ${count(added)} 条`, removed > 0 && `删除 ${count(removed)} 条`].filter(Boolean).join('，') ||
    '没有变化'
  );
}

export const words: typeof en.words = {
  notDone: (label: string) => `${label}：未完成`,
  noEngine: '现在无法执行：连不上引擎',
  onlyInConnections: '仅在“连接”视图中可用',
  onlyInPast: '显示的就是现在',
  onlyInDemo: '仅用于演示集群',
  noFilterHere: '此视图没有筛选框',
  notLost: '引擎连接正常',
  subjects: {
    view: '视图',
    'warm-up': '预热',
    health: '健康',
    connections: '连接',
    load: '压测',
    past: '时间机器',
    demo: '演示集群',
    display: '显示',
    console: '控制台',
  },
  views: {
    overview: { label: '总览', hint: '连接池现在怎样，为什么' },
    connections: { label: '连接', hint: '每一条活动连接' },
    'warm-up': { label: '预热', hint: '在需要之前先建好连接' },
    health: { label: '健康', hint: '哪些地址正常，哪些不正常，怎样改善' },
    access: { label: '访问名单', hint: '允许拨号的对象' },
    requests: { label: '请求', hint: '经连接池发送一个请求，或持续发送一段时间' },
    alerts: { label: '告警', hint: '哪里不对，从什么时候开始' },
    events: { label: '事件', hint: '什么时候发生了什么' },
    settings: { label: '设置', hint: '配置中的每一个键' },
  },
  openWarmUp: { label: '预热…', hint: '选择主机，预热连接' },
  prepareWarmUp: { label: '预热…', hint: '填好表单；您确认之前什么都不会开始' },
  startWarmUp: { label: '开始预热', hint: '开始这次预热' },
  cancelWarmUp: { label: '取消', hint: '停止拨号；已预热的连接保留' },
  pauseWarmUp: { label: '暂停', hint: '不再开始新的拨号；进行中的会做完' },
  resumeWarmUp: { label: '继续', hint: '从暂停处继续' },
  warmUpRest: { label: '预热其余', hint: '把取消的任务剩下的拨完，作为一次新的预热' },
  retryWarmUp: { label: '重试', hint: '把失败的重新拨一次，作为一次新的预热；已剔除的先探测' },
  retry: {
    label: (failed: number, ejected: number) =>
      failed === 0 ? '重试' : `${ejected > 0 ? '探测并' : ''}重试失败的 ${count(failed)} 条`,
    blocked: '失败的现在都被访问名单禁止：不会拨号。',
    hint: (ejected: number, nextProbeMs: number | null) =>
      [
        `${count(ejected)} 个 IP 已被剔除${nextProbeMs === null ? '' : `，下次探测在 ${span(nextProbeMs)}后`}。`,
        '现在逐个探测，正常的即预热；否则剔除到原定时间。',
      ].join(''),
  },
  checkAll: { label: '全部检查', hint: '立即检查每条空闲连接；租出的不受打扰' },
  checkedAll: (result: { checked: number; healthy: number; unhealthy: number }) =>
    result.checked === 0
      ? '没有可检查的空闲连接'
      : `已检查 ${count(result.checked)} 条连接：${count(result.healthy)} 条健康，${count(result.unhealthy)} 条不健康`,
  cleanUp: { label: '清理不健康连接', hint: '关闭所有未租出的不健康连接' },
  cleanedUp: (closed: number) => (closed === 0 ? '没有需要清理的连接' : `已关闭 ${count(closed)} 条不健康连接`),
  checkConnections: { label: '检查', hint: '立即检查；租出的不受打扰' },
  checkedConnections: (acted: number, of: number) =>
    acted === of ? `已检查 ${count(acted)} 条连接` : `已检查 ${count(of)} 条中的 ${count(acted)} 条：其余不是空闲连接`,
  drainConnections: { label: '排空', hint: '不再提供服务，租约结束后关闭' },
  drainedConnections: (acted: number, of: number) =>
    acted === of ? `正在排空 ${count(acted)} 条连接` : `正在排空 ${count(of)} 条中的 ${count(acted)} 条：其余已不存在`,
  closeConnections: { label: '关闭', hint: '立即关闭；租出连接上正在进行的请求会失败' },
  closedConnections: (acted: number, of: number) =>
    acted === of ? `已关闭 ${count(acted)} 条连接` : `已关闭 ${count(of)} 条中的 ${count(acted)} 条：其余已不存在`,
  blockIps: { label: '拉黑 IP…', hint: '加入黑名单；生效前会显示将关闭什么' },
  unblockIp: { label: '解除拉黑…', hint: '移出黑名单，或加入白名单；生效前会显示将允许什么' },
  notBlocked: (ip: string) => `没有条目拉黑 ${ip}`,
  addToBlackList: { label: '拉黑一个 IP…', hint: '在黑名单的输入框中填写' },
  showEvents: { label: '相关事件', hint: '当时发生了什么，以日志列出' },
  inspectConnection: { label: '连接详情…', hint: '怎样建立、每次检查和租约，以及为何关闭' },
  inspectIp: { label: '此 IP 详情…', hint: '它的健康状况、连接和经历' },
  probeIp: { label: '立即探测', hint: '现在就重试，不等退避结束' },
  notProbed: (ip: string) => `${ip} 已不在剔除状态，或正在探测中`,
  probed: (ip: string, result: ProbeResult) =>
    result.kind === 'well'
      ? `${ip} 应答正常，已恢复使用`
      : result.kind === 'failed'
        ? `${ip} 探测失败：${errorClassWords[result.errorClass]}`
        : `正在探测 ${ip}：尚无结果`,
  showConnections: { label: '在连接表中查看', hint: '打开只含这些连接的表' },
  showSavedView: { label: '已存视图', hint: '按保存时的样子打开连接表' },
  freeze: { label: '冻结', hint: '保持行的顺序不动；数值照常更新' },
  nextPanel: { label: '下一个面板', hint: '焦点移到本视图的下一部分；最后一部分之后是消息' },
  previousPanel: { label: '上一个面板', hint: '焦点移到本视图的上一部分' },
  applyWaiting: { label: '应用待处理的更改', hint: '与本视图的“应用”按钮相同：设置，或名单条目' },
  nothingWaits: '本视图没有待应用的更改',
  noOtherPanel: '此视图只有一个部分',
  undoLastAccess: { label: '撤销名单的最近一次更改', hint: '由人所做、仍有效的最新一次；再次执行则撤销更早的一次' },
  nothingToUndo: '没有可撤销的内容：由人对名单所做的更改都已撤销',
  focusFilter: { label: '筛选', hint: '转到本视图的筛选框' },
  applyAccess: { label: '应用', hint: '应用这些修改；先写入磁盘再确认' },
  appliedAccess: (added: number, removed: number) => `名单已保存：${entries(added, removed)}`,
  saveAccess: { label: '重新写入', hint: '把生效中的名单写入文件' },
  savedAccess: (file: string) => `已写入：${file}`,
  undoAccess: { label: '撤销', hint: '撤销这次修改，作为一次新的修改' },
  undoOf: (change: string) => `撤销：${change}`,
  undoneOf: (change: string) => `已撤销：${change}`,
  undoneAccess: (added: number, removed: number) => `已撤销：${entries(added, removed)}`,
  closedByAccess: ({ closesConnections, ofThemLeased }: AccessImpact) =>
    closesConnections === 0
      ? undefined
      : `关闭 ${count(closesConnections)} 条连接${ofThemLeased > 0 ? `，其中 ${count(ofThemLeased)} 条在请求完成后关闭` : ''}`,
  sendRequest: { label: '发送', hint: '经连接池发送一次，不重试' },
  cancelRequest: { label: '取消', hint: '放弃这个请求' },
  prepareRequest: { label: '编辑…', hint: '填入表单；您确认之前什么都不会发送' },
  prepareRequestTo: { label: '发送请求…', hint: '打开填好的表单；您确认之前什么都不会发送' },
  copyCurl: { label: '复制为 curl', hint: '在终端里向同一个 IP 发送同样的请求' },
  copiedCurl: '已复制为 curl 命令',
  openLoad: { label: '运行压测…', hint: '在一段时间内经连接池发送大量请求，测量有多快' },
  startLoad: { label: '运行', hint: '在这段时间内经连接池发送请求；其他使用者优先' },
  cancelLoad: { label: '停止', hint: '不再开始新的请求；进行中的会做完' },
  acknowledgeAlert: { label: '确认', hint: '说明已知晓，以及为何可以暂且不管' },
  acknowledgedAlert: '已确认：它会保留到问题结束',
  muteAlert: { label: '静音', hint: '在一段时间内不再通知' },
  mutedAlert: (minutes: number) => `${span(minutes * 60_000)}内不再通知`,
  unmuteAlert: { label: '取消静音', hint: '从现在起恢复通知' },
  showAlert: { label: '查看', hint: '转到这条告警' },
  updateConfig: { label: '修改限制', hint: '立即作用于运行中的引擎' },
  updatedConfig: (keys: number) => `已修改 ${count(keys)} 项限制`,
  saveSettings: { label: '应用', hint: '立即作用于运行中的引擎，并写入文件' },
  applyRemedy: { label: '应用', hint: '立即作用于运行中的引擎；可以撤销' },
  undoRemedy: { label: '撤销', hint: '恢复这些设置原来的值' },
  changedSince: (paths: string) => `${paths} 其间已被修改，保持不变。`,
  undoneRemedy: (keys: number) => `已恢复 ${count(keys)} 项设置`,
  saveConfigText: { label: '应用', hint: '立即作用于运行中的引擎；注释保留' },
  savedSettings: (keys: number, applied: boolean) =>
    applied ? `已修改 ${count(keys)} 项设置` : '已保存；下次启动时生效',
  savedWhere: (file: string | null) => file ?? '没有配置文件：保持到引擎结束为止',
  openDemoFaults: { label: '演示故障…', hint: '让演示端点拒绝连接、挂起、返回 403…' },
  setDemoFault: { label: '切换故障', hint: '立即生效，直到关闭' },
  demoFaultSet: (fault: string | null, endpoints: number) =>
    fault === null ? `${count(endpoints)} 个端点恢复正常` : `已在 ${count(endpoints)} 个端点上开启 ${fault}`,
  openOwnHost: { label: '监控我自己的主机…', hint: '离开演示，换成您自己的主机，无需重启' },
  watchOwnHost: { label: '监控此主机', hint: '写入文件并立即切换过去' },
  ownHostWatched: (host: string) => `正在监控 ${host}`,
  addHost: { label: '监控主机…', hint: '在配置中添加一台主机，立即开始监控' },
  saveTarget: { label: '应用', hint: '写入文件，立即生效' },
  removeTarget: { label: '停止监控', hint: '它的连接会排空；租出的先完成' },
  openConfigVersion: { label: '查看', hint: '把这个版本放进编辑器' },
  openPalette: { label: '命令面板', hint: '查找操作、主机、IP 或设置项' },
  showConfigKey: { label: '在设置中查看', hint: '转到这个键' },
  openShortcuts: { label: '键盘快捷键', hint: '所有按键，以及如何改绑' },
  reconnect: { label: '立即重连', hint: '现在就连接引擎' },
  goToPast: { label: '回到过去某一时刻…', hint: '查看连接池当时的样子：选择时间，或拖动滑块' },
  goToMoment: { label: '回到这一时刻', hint: '查看连接池当时的样子' },
  backToNow: { label: '回到现在', hint: '显示连接池现在的样子' },
  playPast: { label: '播放或暂停', hint: '让显示的过去继续，或停住' },
  stepBack: { label: '后退一秒', hint: '前一时刻' },
  stepOn: { label: '前进一秒', hint: '后一时刻' },
  happenedBefore: { label: '到上一件事', hint: '之前的告警、剔除、名单变更、预热或配置变更' },
  happenedAfter: { label: '到下一件事', hint: '之后的告警、剔除、名单变更、预热或配置变更' },
  noneBefore: '此前没有记录',
  noneAfter: '此后什么也没有发生',
  asIs: '当前已是如此',
  themes: {
    dark: { label: '深色主题', hint: '深底浅字' },
    light: { label: '浅色主题', hint: '浅底深字' },
    system: { label: '跟随系统主题', hint: '深浅随系统；系统要求高对比度时也照办' },
    contrast: { label: '高对比度', hint: '文字和线条更醒目，深浅随系统' },
  },
  densities: {
    compact: { label: '紧凑行距', hint: '尽量多显示几行' },
    comfortable: { label: '宽松行距', hint: '文字、控件和行都更大' },
  },
  zoomIn: { label: '放大', hint: '整体变大' },
  zoomOut: { label: '缩小', hint: '整体变小' },
  zoomReset: { label: '缩放为 100%', hint: '恢复原始大小' },
  browserZooms: '浏览器用自己的按键缩放',
  openDisplay: { label: '显示设置', hint: '语言、主题、行距、缩放、通知、按键' },
  nextLanguage: { label: 'Switch to English', hint: '界面语言：English、简体中文' },
  reload: { label: '重新加载', hint: '重新加载页面' },
};
