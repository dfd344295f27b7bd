/** Why a request of the console is refused. */
import type { PhraseWords } from './phrase.ts';

export const refusalPhrases = {
  'refused.message-form': {
    en: 'The message is neither a request, a subscription nor an end of one.',
    zh: '消息既不是请求，也不是订阅或退订。',
  },
  'refused.not-json': { en: 'The message is not JSON.', zh: '消息不是 JSON。' },
  'refused.needs-session': {
    en: '"{type}" needs a session: only requests go here.',
    zh: '“{type}”需要会话：此处只接受请求。',
  },
  'refused.no-request': { en: 'There is no request "{name}".', zh: '没有“{name}”这个请求。' },
  'refused.no-stream': { en: 'There is no stream "{name}".', zh: '没有“{name}”这个推送。' },
  'refused.subscription-used': {
    en: 'Subscription {id} is in use: choose another id or unsubscribe it.',
    zh: '订阅 {id} 正在使用：请换一个编号，或先退订。',
  },
  'refused.subscriptions': {
    en: 'At most {most} subscriptions for one client.',
    zh: '每个客户端最多 {most} 个订阅。',
  },
  'refused.requests': {
    en: 'At most {most} requests of one client at once.',
    zh: '每个客户端同时最多 {most} 个请求。',
  },
  'refused.internal': {
    en: '{name} failed inside the engine; the log says more.',
    zh: '{name} 在引擎内部失败；详情见日志。',
  },
  'refused.input': { en: 'The input of {name} is not right{where}.', zh: '{name} 的输入有误{where}。' },
  'refused.input-at': { en: ': {at}{message}', zh: '：{at}“{message}”' },

  'refused.engine-closed': {
    en: 'The engine is closed: start the console again.',
    zh: '引擎已关闭：请重新启动控制台。',
  },
  'refused.history-closed': {
    en: 'The engine is closed: its history can be asked after the next start.',
    zh: '引擎已关闭：下次启动后才能查询历史。',
  },
  'refused.config-closed': {
    en: 'The configuration is closed: the console is shutting down.',
    zh: '配置已关闭：控制台正在退出。',
  },
  'refused.lists-closed': {
    en: 'The lists are closed: the console is shutting down',
    zh: '名单已关闭：控制台正在退出',
  },
  'refused.load-closed': { en: 'The pool is closed: no load can be run.', zh: '连接池已关闭：无法压测。' },
  'refused.sending-closed': { en: 'The pool is closed: nothing can be sent.', zh: '连接池已关闭：无法发送。' },
  'refused.warm-up-closed': {
    en: 'the pool is closed: nothing can be warmed up any more',
    zh: '连接池已关闭：无法再预热',
  },
  'refused.measuring-closed': {
    en: 'The engine is closing: nothing is measured any more.',
    zh: '引擎正在关闭：不再测量。',
  },

  'refused.no-connection': {
    en: 'This connection never was, or nothing is remembered of it any more.',
    zh: '没有过这条连接，或已不再记得它。',
  },
  'refused.no-run': {
    en: 'There is no run {id}, or it is not remembered any more.',
    zh: '没有预热任务 {id}，或已不再记得它。',
  },
  'refused.no-alert': {
    en: 'There is no alert {id}, or it has been over for long.',
    zh: '没有告警 {id}，或它早已结束。',
  },
  'refused.no-version': {
    en: 'There is no version {id} of the configuration any more.',
    zh: '已没有配置的 {id} 这个版本。',
  },
  'refused.no-change': {
    en: 'Change {id} is not in the audit (any more).',
    zh: '审计记录中没有（或已不再有）第 {id} 次修改。',
  },
  'refused.unknown-host': { en: 'the pool knows no host {host}', zh: '连接池中没有 {host} 这台主机' },
  'refused.not-watched': {
    en: '{host} is not watched ({known}): add it to [[targets]] first.',
    zh: '没有监控 {host}（现有：{known}）：请先把它加入 [[targets]]。',
  },
  'refused.none': { en: 'none', zh: '无' },
  'refused.no-demo': {
    en: 'The console watches your own hosts: there is no demo. `--demo` starts one.',
    zh: '控制台正在监控您自己的主机：没有演示集群。用 `--demo` 启动演示。',
  },

  'refused.stale-config': {
    en: 'Nothing was changed: the configuration ({file}) is another by now. Look at it again.',
    zh: '没有任何改动：配置（{file}）其间已变。请重新查看。',
  },
  'refused.config-changed': {
    en: 'Nothing was changed: {file} was changed meanwhile. Look at it again.',
    zh: '没有任何改动：{file} 其间被修改过。请重新查看。',
  },
  'refused.config-fault': {
    en: 'Nothing was changed: {place} has a fault. {first}. Mend the text first.',
    zh: '没有任何改动：{place} 有错误。{first}。请先改正文本。',
  },
  'refused.config-unmended': {
    en: 'Nothing was changed: {faults}. Mend the file first.',
    zh: '没有任何改动：{faults}。请先改正文件。',
  },
  'refused.config-in-force': {
    en: '{file} is in force already: add the host to its targets.',
    zh: '{file} 已在使用：请把主机加入它的 targets。',
  },
  'refused.unreadable': { en: '{file} cannot be read: {message}', zh: '无法读取 {file}：{message}' },
  'refused.unsaved': {
    en: 'Nothing was changed: {file} could not be saved. {message}',
    zh: '没有任何改动：无法保存 {file}。{message}',
  },
  'refused.lists-kept-saving': {
    en: 'Nothing was changed: somebody keeps saving {file}. Try again',
    zh: '没有任何改动：{file} 一直在被保存。请重试',
  },
  'refused.lists-fault': {
    en: 'Nothing was changed: {file} has a fault and is left as it is. Mend the file, then try again.',
    zh: '没有任何改动：{file} 有一处错误，保持原样。请先改正文件，再重试。',
  },
  'refused.lists-faults': {
    en: 'Nothing was changed: {file} has {faults} faults and is left as it is. Mend the file, then try again.',
    zh: '没有任何改动：{file} 有 {faults} 处错误，保持原样。请先改正文件，再重试。',
  },
  'refused.audit-unwritten': {
    en: 'Nothing was changed: the audit could not be written to {file}. {message}',
    zh: '没有任何改动：审计记录无法写入 {file}。{message}',
  },
  'refused.change-unreadable': {
    en: 'Change {id} cannot be read from {file}: {message}',
    zh: '无法从 {file} 读取第 {id} 次修改：{message}',
  },

  'refused.not-acknowledged-yet': {
    en: 'This alert has not fired yet: there is nothing to acknowledge.',
    zh: '此告警尚未触发：无需确认。',
  },
  'refused.acknowledged-late': {
    en: 'This alert is resolved: there is nothing to acknowledge.',
    zh: '此告警已解除：无需确认。',
  },
  'refused.muted-late': {
    en: 'This alert is resolved: there is nothing to mute.',
    zh: '此告警已解除：无需静音。',
  },

  'refused.run-goes-on': {
    en: 'This warm-up goes on: cancel it, or wait for its end, to retry what failed.',
    zh: '预热正在进行：要重试失败的部分，请先取消它，或等它结束。',
  },
  'refused.nothing-failed': { en: 'Nothing failed in this warm-up.', zh: '这次预热没有失败。' },
  'refused.load-goes-on': {
    en: 'Load run {id} goes on, and two would measure each other: cancel it, or wait for its end.',
    zh: '压测 {id} 正在进行，两个压测会互相影响：请取消它，或等它结束。',
  },
  'refused.load-urls': { en: 'The load was not begun: {wrong}.', zh: '压测没有开始：{wrong}。' },
  'refused.ticket-used': {
    en: 'A request with this ticket is in flight: give each one of its own.',
    zh: '已有使用此编号的请求在途：每个请求请用各自的编号。',
  },
  'refused.in-flight': {
    en: '{most} requests are in flight already: wait for one to end, cancel one, or run a load.',
    zh: '已有 {most} 个请求在途：请等一个结束，取消一个，或改用压测。',
  },
  'refused.not-sent': { en: 'Nothing was sent: {wrong}.', zh: '没有发送：{wrong}。' },

  'refused.measuring': {
    en: 'The effect of the lists is being measured: wait for the end.',
    zh: '正在测量名单的效果：请等它结束。',
  },
  'refused.not-measured': { en: 'Nothing was measured: {message}.', zh: '没有测量：“{message}”。' },

  'refused.no-demo-fault': {
    en: 'Nothing was switched: no endpoint that was meant has a fault.',
    zh: '没有切换：所指的端点都没有故障。',
  },
  'refused.all-demo-faults': {
    en: 'Nothing was switched: no endpoint that was meant has none.',
    zh: '没有切换：所指的端点都已有故障。',
  },
  'refused.demo-fault': {
    en: 'The fault could not be switched at every endpoint: {message}.',
    zh: '未能在每个端点切换故障：“{message}”。',
  },
  'refused.not-switched': { en: 'Nothing was switched: {wrong}.', zh: '没有切换：{wrong}。' },
  'demo.no-host': {
    en: '{host} is no host of the demo: it has {known}',
    zh: '{host} 不是演示集群的主机：它有 {known}',
  },
  'demo.no-address': { en: '{ip} is no address of {host}', zh: '{ip} 不是 {host} 的地址' },
  'demo.no-address-at-all': { en: '{ip} is no address of the demo', zh: '{ip} 不是演示集群的地址' },

  'past.before-first': {
    en: 'Nothing is remembered of that moment: it is before the first, or was given up for room.',
    zh: '没有那一时刻的记录：它早于最初的记录，或已因空间不足而放弃。',
  },
  'past.other-version': {
    en: 'That moment was written down by another version of the program, whose figures this one cannot read.',
    zh: '那一时刻由程序的另一个版本记录，本版本无法读取其数据。',
  },
  'past.thread-ended': { en: "The history's thread has ended: {message}", zh: '历史线程已结束：“{message}”' },
  'past.unopened': { en: '{file} cannot be opened: {message}', zh: '无法打开 {file}：“{message}”' },
  'past.closed': { en: 'the history is closed', zh: '历史已关闭' },
  'past.given-up': {
    en: 'Nothing is remembered of that moment any more: it was given up for room.',
    zh: '那一时刻的记录已不在：因空间不足而放弃。',
  },
} as const satisfies Readonly<Record<string, PhraseWords>>;
