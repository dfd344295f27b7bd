/** What is wrong with a list of addresses, pasted or in its file, and with a change of the access lists. */
import type { PhraseWords } from './phrase.ts';

export const accessPhrases = {
  'list.unreadable': { en: 'the file cannot be read: {message}', zh: '无法读取文件：{message}' },
  'list.not-here': {
    en: 'there is no "{name}" here{near}: write [[white]] or [[black]]',
    zh: '此处没有“{name}”{near}：请写 [[white]] 或 [[black]]',
  },
  'list.not-entry': {
    en: 'an entry is an address in quotes, or a section with ip = "…"',
    zh: '条目应为带引号的地址，或含有 ip = "…" 的节',
  },
  'list.unknown-key': {
    en: 'an entry has no "{name}"{near}: it has {names}',
    zh: '条目没有“{name}”{near}：可用的有 {names}',
  },
  'list.origin': {
    en: 'origin is "operator", "file" or "automatic"; leave it out in what you write by hand',
    zh: 'origin 应为 "operator"、"file" 或 "automatic"；手写的条目请不写它',
  },
  'list.note': {
    en: 'note is a text in quotes of at most {most} characters',
    zh: 'note 应为带引号的文本，最多 {most} 个字符',
  },
  'list.time': {
    en: '{key} is a time like 2030-01-01T00:00:00Z, without quotes',
    zh: '{key} 应为时间，如 2030-01-01T00:00:00Z，不加引号',
  },
  'list.automatic-expires': {
    en: 'an automatic entry has expires; leave origin out to make it yours',
    zh: '自动条目须有 expires；不写 origin 即成为您自己的条目',
  },
  'list.automatic-single': {
    en: 'an automatic entry is one address; leave origin out to make it yours',
    zh: '自动条目只能是单个地址；不写 origin 即成为您自己的条目',
  },
  'list.hosts': {
    en: 'hosts is a list of names of an automatic entry; leave it out in what you write',
    zh: 'hosts 是自动条目的主机名列表；手写的条目请不写它',
  },
  'list.no-ip': { en: 'this section has no ip and no ips', zh: '这一节既没有 ip 也没有 ips' },
  'list.ips': {
    en: 'ips is a list: ips = ["192.0.2.1", "192.0.2.2"]',
    zh: 'ips 应为列表：ips = ["192.0.2.1", "192.0.2.2"]',
  },
  'list.address-quoted': {
    en: 'an address is written in quotes: "192.0.2.1"',
    zh: '地址须加引号："192.0.2.1"',
  },
  'list.left-out': {
    en: '{wrong}; the lines up to the next section are left out',
    zh: '{wrong}；到下一节为止的各行都不读取',
  },
  'list.several-sections': {
    en: 'there are several sections {name}: write [[{name}]] for each of them',
    zh: '有多个 {name} 节：每一个都请写作 [[{name}]]',
  },
  'list.said-twice': { en: '{name} is said twice in one section', zh: '{name} 在同一节中写了两次' },
  'list.not-closed': {
    en: 'this list is not closed: write ] behind its last entry',
    zh: '列表没有结束：请在最后一项之后写 ]',
  },
  'list.too-many-faults': {
    en: 'too many faults: nothing in the file is used until they are mended',
    zh: '错误过多：改正之前，文件中的内容一概不用',
  },
  'list.not-toml': { en: '{toml}', zh: '不是有效的 TOML：{toml}' },

  'paste.not-json': { en: 'this is not JSON: {message}', zh: '不是 JSON：“{message}”' },
  'paste.no-json': { en: 'this is no JSON: {message}', zh: '不是 JSON：“{message}”' },
  'paste.json-shape': {
    en: 'write {example}, or one list of addresses',
    zh: '请写 {example}，或一个地址列表',
  },
  'paste.text-in-quotes': { en: 'an address is a text in quotes', zh: '地址应为带引号的文本' },
  'paste.not-time': {
    en: '"{text}" is not a time like 2030-01-01T00:00:00Z',
    zh: '“{text}”不是时间，应如 2030-01-01T00:00:00Z',
  },
  'paste.long-note': {
    en: 'the note has {length} characters: at most {most} are kept',
    zh: '备注有 {length} 个字符：最多保留 {most} 个',
  },
  'paste.no-list': {
    en: 'this is no list of entries: what follows {most} faults is not read',
    zh: '这不是条目列表：{most} 处错误之后的内容不再读取',
  },
  'paste.no-ip-list': {
    en: 'this is no list of IPs: what follows {most} faults is not read',
    zh: '这不是 IP 列表：{most} 处错误之后的内容不再读取',
  },
  'paste.more-faults': { en: '{more} more faults', zh: '另有 {more} 处错误' },
  'paste.too-many-ips': {
    en: '{more} more are left out: one warm-up takes {most} IPs',
    zh: '另有 {more} 个未采用：一次预热最多 {most} 个 IP',
  },
  'paste.not-list': { en: 'is not a list: write ["192.0.2.1", …]', zh: '不是列表：请写 ["192.0.2.1", …]' },
  'paste.not-ip-in-quotes': { en: '{item} is not an IP in quotes', zh: '{item} 不是带引号的 IP' },
  'paste.not-read': {
    en: 'is not read: IPs stand under {first} and {second}',
    zh: '不读取：IP 应写在 {first} 与 {second} 之下',
  },
  'paste.no-ip-in-line': {
    en: 'has no IP where the other lines have one',
    zh: '其他行有 IP 的位置，此行没有',
  },

  'change.gone': {
    en: '{value} is not on the {list} list ({origin}) any more: look at the list again',
    zh: '{value} 已不在{list}上（{origin}）：请重新查看名单',
  },
  'change.expiry': {
    en: '{value} would expire in the past, or after the year 9999: choose another time, or none',
    zh: '{value} 的到期时间已过，或在 9999 年之后：请另选时间，或不设',
  },
  'change.fault': {
    en: 'The lists are unchanged: the change has a fault. {first}',
    zh: '名单没有改动：这次修改有一处错误。{first}',
  },
  'change.faults': {
    en: 'The lists are unchanged: the change has {faults} faults. {first}',
    zh: '名单没有改动：这次修改有 {faults} 处错误。{first}',
  },
  'change.conflict': {
    en: 'The lists are unchanged: somebody else has changed an entry of this change meanwhile.',
    zh: '名单没有改动：其间有人改过这次修改中的一个条目。',
  },
  'change.conflicts': {
    en: 'The lists are unchanged: somebody else has changed {entries} entries of this change meanwhile.',
    zh: '名单没有改动：其间有人改过这次修改中的 {entries} 个条目。',
  },
  'change.changed-meanwhile': {
    en: 'changed meanwhile by the {who}: it is {now} now',
    zh: '其间被改动（{who}）：现在{now}',
  },
  'change.not-staged': {
    en: 'The engine does not know this change (any more): carry its lines again',
    zh: '引擎已没有这次修改的内容：请重新传送',
  },
  'change.not-following': {
    en: 'Lines from {from} on do not follow: the engine has {lines} of this change',
    zh: '从第 {from} 行起的内容接不上：引擎有这次修改的 {lines} 行',
  },
  'change.too-long': {
    en: 'The lists are unchanged: a change may have at most {most} lines. Apply it in parts',
    zh: '名单没有改动：一次修改最多 {most} 行。请分批应用',
  },
  'change.on-list': { en: 'on the {list} list ({origin})', zh: '在{list}上（{origin}）' },
  'change.on-lists': { en: '{one}, {more}', zh: '{one}、{more}' },
  'change.on-no-list': { en: 'on no list', zh: '不在任何名单上' },

  'undo.config': {
    en: 'the configuration says so: change it there, or override the entry',
    zh: '由配置规定：请在配置中修改，或用自己的条目覆盖',
  },
  'undo.gone': { en: 'is not on the {list} list any more', zh: '已不在{list}上' },
  'undo.changed': { en: 'got another note or expiry since then', zh: '其后备注或到期时间已改' },
  'undo.back': { en: 'is on the {list} list again', zh: '又回到了{list}上' },
  'undo.expired': { en: 'would have expired by now', zh: '现在已经到期' },
  'undo.nothing-left': {
    en: 'There is nothing left to take back: {value} {why}.',
    zh: '已没有可撤销的内容：{value} {why}。',
  },
  'undo.not-all': {
    en: 'Not all of it can be taken back: {value} {why}.',
    zh: '无法全部撤销：{value} {why}。',
  },
} as const satisfies Readonly<Record<string, PhraseWords>>;
