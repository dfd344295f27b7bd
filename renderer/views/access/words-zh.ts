/** 访问名单的文字。 */
import type {
  AccessAuditRecord,
  AccessAuthor,
  AccessExplanation,
  AccessFinding,
  AccessImpact,
  AccessListName,
  AccessOrigin,
  AccessPreview,
  AccessUndoPreview,
} from '../../../core/contract/access.ts';
import { coarseSpan, count, spanLeft } from '../../words/format.ts';
import { listWords, originWords } from '../../words/vocabulary.ts';
import type * as en from './words-en.ts';

const authorNames: Readonly<Record<AccessAuthor, string>> = {
  operator: '操作员',
  file: '文件',
  config: '配置',
  automaton: '自动',
  clock: '到期',
};

function impact({ closesConnections, ofThemLeased }: AccessImpact): string {
  return closesConnections === 0
    ? '不关闭任何连接'
    : `将关闭 ${count(closesConnections)} 条连接${ofThemLeased === 0 ? '' : `，其中 ${count(ofThemLeased)} 条使用中，先完成当前请求`}`;
}

type Rule = AccessExplanation['rules'][number];

function explanation(answer: AccessExplanation): string {
  const { allowed, blocked } = answer.inside;
  const inside =
    allowed + blocked === 0 ? '' : `其中更窄的条目自行决定：放行 ${count(allowed)} 个，拉黑 ${count(blocked)} 个。`;
  return verdict(answer) + inside;
}

function verdict({ allowed, hosts, rules: [winner] }: AccessExplanation): string {
  if (winner && hosts.length > 0) {
    return `仅对 ${hosts.join('、')} 停用：由自动黑名单中的 ${winner.value} 决定。其他主机可以拨号。`;
  }
  if (winner) {
    return `${allowed ? '可以拨号' : '禁止拨号'}：由${listWords[winner.list]}中的 ${winner.value}（${originWords[winner.origin]}）决定。`;
  }
  return allowed
    ? '可以拨号：不在任何名单中，未知 IP 可以尝试。'
    : '不会拨号：不在任何名单中，而只有白名单中的 IP 可以（whitelist_mode = "enforce"）。';
}

/** 规则的先后：先看来源，同一来源黑名单优先，再取范围更窄的。 */
function whyNot(rule: Rule, winner: Rule): string {
  if (rule === winner) {
    return '起决定作用';
  }
  if (rule.origin !== winner.origin) {
    return `让位：${originWords[winner.origin]}先于${originWords[rule.origin]}`;
  }
  return rule.list === winner.list ? `与范围更窄的 ${winner.value} 一致` : '让位：同一来源中黑名单先于白名单';
}

const noteOf = (note: string): string => (note === '' ? '' : `，“${note}”`);

export const words: typeof en.words = {
  order: '操作员 › 文件 › 配置 › 自动；同级中黑名单优先',
  mode: {
    prefer: '未知 IP 可以尝试，白名单优先',
    enforce: '只拨号白名单中的 IP',
  },
  search: '搜索两个名单',
  clearSearch: '清除搜索',
  searchPlaceholder: '搜索条目与备注',
  entries: (shown: number, total: number) =>
    shown === total ? `${count(total)} 个条目` : `${count(total)} 个条目中的 ${count(shown)} 个`,
  add: (list: AccessListName) => `添加到${listWords[list]}`,
  addPlaceholder: '192.0.2.7, 2001:db8::/48 # 备注',
  addOff: '不可用：正在显示过去',
  addNow: (list: AccessListName) => `放入${listWords[list]}`,
  addHint: '放入名单（Enter）',
  expires: '到期',
  expiries: { never: '不过期', hour: '1 小时', day: '24 小时', week: '7 天' },
  paste: '批量粘贴…',
  pasteTo: (list: AccessListName) => `批量粘贴到${listWords[list]}`,
  already: (value: string, list: AccessListName) => `${value} 已在${listWords[list]}中`,
  columns: {
    entry: '条目',
    source: '来源',
    note: '备注',
    added: '添加',
    hits: '命中',
    lastHit: '最近命中',
    expires: '到期',
    actions: '操作',
  },
  columnHints: {
    entry: '按地址排序',
    source: '按条目的优先级排序',
    note: '',
    added: '按添加时间排序，最新在前',
    hits: '控制台启动以来起决定作用的次数。点击按此排序',
    lastHit: '最近一次起决定作用的时间。点击按此排序',
    expires: '按到期先后排序',
  },
  addedAt: (time: string) => `添加于 ${time}`,
  ago: (ms: number) => `${coarseSpan(ms)}前`,
  loading: (total: number) => `正在读取 ${count(total)} 个条目…`,
  selection: {
    region: (list: AccessListName) => `${listWords[list]}中已选的条目`,
    choose: (value: string) => `选择 ${value}`,
    chooseAll: (list: AccessListName) => `选择${listWords[list]}中显示的全部条目`,
    chosen: (entries: number) => `已选 ${count(entries)} 个条目`,
    remove: '删除',
    move: (to: AccessListName) => `移到${listWords[to]}`,
    edit: '备注与到期…',
    clear: '清除选择',
  },
  tableKeys:
    '方向键移动，空格选择，Enter 修改备注与到期，M 移到另一名单，Delete 删除或撤回修改，对已选中的行则删除全部选中项。',
  edit: {
    of: (value: string, note: string) => `修改 ${value} 的备注与到期${note === '' ? '' : `：${note}`}`,
    hint: '修改备注与到期（Enter）',
    title: (value: string, list: AccessListName) => `${listWords[list]}中的 ${value}`,
    titleOf: (entries: number, list: AccessListName) => `${listWords[list]}中的 ${count(entries)} 个条目`,
    text: '应用修改之前，一切不变。',
    note: '备注',
    ownNotes: '各自保留',
    tooLong: (length: number, most: number) => `${count(length)} 个字符：最多保留 ${count(most)} 个`,
    kept: (time: string) => `不变：${time}`,
    keptNever: '不变：不过期',
    ownExpiries: '各自保留',
    becomesYours: (entries: number) =>
      `其中 ${count(entries)} 个不是操作员的条目：修改后成为操作员的条目，取而代之；配置中的条目仍在，但操作员的优先。`,
    stage: '放入待应用的修改',
    cancel: '取消',
  },
  text: {
    show: (list: AccessListName) => `${listWords[list]}的显示方式`,
    shapes: { table: '表格', text: '文本' },
    field: (list: AccessListName) => `${listWords[list]}的文本`,
    about: '一行一个条目，# 之后为备注。删去的行即移出名单；到期时间不变。',
    others: (entries: number) => `另有 ${count(entries)} 个配置和自动条目，只在表格中。`,
    same: '与名单一致',
    faults: (lines: number) => `${count(lines)} 行还无法读取`,
    changes: (added: number, changed: number, removed: number) =>
      `添加 ${count(added)} 个，修改 ${count(changed)} 个，删除 ${count(removed)} 个`,
    stage: '放入待应用的修改',
    giveUp: '放弃文本',
    tooLong: (entries: number) => `${count(entries)} 个条目太多，无法作为一段文本`,
    tooLongText: (most: number) => `这里最多可编辑 ${count(most)} 个。请导出名单，修改文件，再导入。`,
  },
  files: {
    import: '导入…',
    importHint: '文本、CSV、JSON 或 TOML 文件；添加前会先显示',
    importInto: (list: AccessListName) => `导入文件到${listWords[list]}`,
    choose: (list: AccessListName) => `${listWords[list]}的文件`,
    export: '导出…',
    exportOf: (list: AccessListName) => `导出${listWords[list]}`,
    formats: { text: '文本', csv: 'CSV', json: 'JSON', toml: 'TOML' },
    formatHints: {
      text: '一行一个，带备注',
      csv: '全部列',
      json: '{ ipv4: [], ipv6: [] }',
      toml: '与 access-lists.toml 相同',
    },
  },
  tools: {
    region: '变更与检查',
    log: '最近变更',
    test: '测试 IP',
    findings: (total: number | null) => (total === null ? '重叠 …' : total === 0 ? '重叠' : `重叠（${count(total)}）`),
  },
  log: {
    title: '最近变更',
    who: '变更者',
    choices: {
      all: '不限变更者',
      people: '由人变更',
      operator: '由操作员变更',
      file: '在文件中手工变更',
      config: '由配置变更',
      automaton: '自动变更',
    },
    authors: authorNames,
    kept: '重启后保留，最新在前',
    reading: '正在读取…',
    noneFits: '没有符合搜索条件的变更。较长的变更只查原因与前 20 条。',
    none: '还没有任何变更。',
    columns: ['时间', '变更者', '内容', '原因', '撤销'],
    entries: ({ total, changes }: AccessAuditRecord) => {
      const named = changes.map(({ before, after }) => (after ?? before)?.value).join('\n');
      return total > changes.length ? `${named}\n以及另外 ${count(total - changes.length)} 个` : named;
    },
    undo: '撤销',
    undone: (by: number) => `已由第 ${by} 次撤销`,
    undoneBy: (by: number) => `已由第 ${by} 次修改撤销`,
    nothingLeft: '无可撤销',
    keys: '方向键移动，Enter 撤销该变更：会先显示撤销的效果。',
    older: '更早的变更',
  },
  undoing: {
    title: (done: string, at: string) => `撤销 ${at} 的“${done}”？`,
    impact: (preview: AccessUndoPreview) => (preview.total === 0 ? '已没有可撤销的内容。' : impact(preview)),
    left: (entries: number) => `${count(entries)} 个条目保持现状：`,
    restored: '恢复原状',
    undo: '撤销',
    undoRest: (entries: number) => `撤销其余 ${count(entries)} 个`,
    cancel: '取消',
    close: '关闭',
  },
  test: {
    field: '要测试的 IP 或 CIDR',
    placeholder: '192.0.2.7 或 2001:db8::/48',
    hint: '显示由哪条规则决定，还有哪些规则涉及它',
    rules: (value: string) => `与 ${value} 有关的规则`,
    place: (list: string, origin: string) => `${list}，${origin}`,
    inside: '其中',
    verdict: explanation,
    why: whyNot,
  },
  findings: {
    title: '重叠与冲突',
    reading: '正在检查…',
    none: '没有同时在两个名单中的值，也没有让别的条目失去意义的条目。',
    fresh: '未应用',
    doubt: ({ kind, entry, by }: AccessFinding) =>
      kind === 'both-lists'
        ? `届时 ${entry.value} 同在两个名单：${listWords[by.list]}（${originWords[by.origin]}）优先于${listWords[entry.list]}（${originWords[entry.origin]}）`
        : kind === 'covered'
          ? `${by.value} 对 ${entry.value} 的全部范围已有同样规定`
          : `${listWords[by.list]}中的 ${by.value} 优先于${listWords[entry.list]}中的 ${entry.value}`,
    kinds: { 'both-lists': '同在两个名单', covered: '已被覆盖', overruled: '从不生效' },
    because: ({ kind, entry, by }: AccessFinding) =>
      kind === 'both-lists'
        ? `${listWords[by.list]}优先：由${listWords[by.list]}中的${originWords[by.origin]}条目决定`
        : kind === 'covered'
          ? `${by.value}（${originWords[by.origin]}）对它的全部范围已有同样规定`
          : `${listWords[by.list]}中的 ${by.value}（${originWords[by.origin]}）优先于${listWords[entry.list]}中的它`,
    remove: '删除',
    removeOf: (value: string, list: AccessListName) => `从${listWords[list]}删除 ${value}`,
    inConfig: '在配置中',
    more: (hidden: number) => `以及另外 ${count(hidden)} 个`,
  },
  conflicts: {
    found: (entries: number) => `本次修改中有 ${count(entries)} 个条目已被他人改动`,
    resolve: '处理…',
    title: (entries: number) => `${count(entries)} 个条目已被他人改动`,
    text: '您要修改的内容已被他人改动。双方的修改都不会丢失：请逐个选择。',
    mine: '您的：',
    theirs: (who: AccessAuthor, at: string) => `现在（${authorNames[who]}，${at}）：`,
    gone: '已不在任何名单中',
    is: (list: AccessListName, origin: AccessOrigin, note: string) =>
      `在${listWords[list]}中（${originWords[origin]}）${noteOf(note)}`,
    add: (list: AccessListName, note: string) => `放入${listWords[list]}${noteOf(note)}`,
    remove: (list: AccessListName) => `移出${listWords[list]}`,
    choices: { mine: '保留我的', theirs: '保留对方的', both: '合并' },
    hints: {
      mine: '按您的修改；对方与之相反的修改取消。',
      theirs: '保持对方的修改；放弃您对它的修改。',
      both: '对方的保留，您的并入其旁；备注合并。不一致时黑名单优先。',
    },
    all: { mine: '全部用我的', theirs: '全部用对方的', both: '全部合并' },
    more: (hidden: number, choice: string) => `另外 ${count(hidden)} 个条目：${choice}`,
    later: '以后再说',
    take: '继续',
  },
  never: '不过期',
  expired: '已到期',
  inSpan: (ms: number) => `${spanLeft(ms)}后`,
  toBeAdded: '将添加',
  toBeRemoved: '将删除',
  toBeChanged: '将修改',
  remove: (value: string) => `删除 ${value}`,
  move: (value: string, to: AccessListName) => `把 ${value} 移到${listWords[to]}`,
  override: (value: string, to: AccessListName) => `覆盖 ${value}：以操作员身份放入${listWords[to]}`,
  overrideShort: '覆盖',
  configWhy: '它写在配置文件中，每次启动都会回来，所以不能在这里删除。',
  undo: (value: string) => `撤销对 ${value} 的修改`,
  tableOf: { white: '白名单', black: '黑名单' },
  emptyTitle: { white: '白名单为空', black: '没有拉黑任何 IP' },
  emptyText: {
    white: '在上方添加 IP 或 CIDR 即可优先使用。响应良好的 IP 会自动进入这里。',
    black: '在上方添加 IP 或 CIDR：永不拨号，已打开的连接也会关闭。',
  },
  noneFit: '没有符合搜索的条目',
  conflict: (value: string) => `修改后 ${value} 同在两个名单：黑名单优先。`,
  keepAllowed: '保持放行',
  pending: {
    region: '未应用的修改',
    title: (changes: number) => `${count(changes)} 项修改未应用`,
    impact: (preview: AccessPreview) =>
      preview.closesConnections === 0 ? impact(preview) : `${impact(preview)}（共 ${count(preview.ofConnections)} 条）`,
    reason: '为什么？（随变更保存）',
    counting: '正在统计会关闭什么…',
    fileIsFaulty: '文件修好之前不能应用',
    fresh: (entries: number) => `随之产生 ${count(entries)} 处重叠`,
    diff: '查看差异',
    discard: '放弃',
    apply: (changes: number) => `应用 ${count(changes)} 项修改`,
    applyAfterAsking: (changes: number) => `应用 ${count(changes)} 项修改…`,
    most: {
      title: ({ closesConnections, ofConnections }: AccessPreview) =>
        closesConnections === 0
          ? '拉黑所有地址？'
          : closesConnections === ofConnections
            ? `关闭整个连接池（${count(ofConnections)} 条连接）？`
            : `关闭 ${count(ofConnections)} 条连接中的 ${count(closesConnections)} 条？`,
      text: '在拨通其他 IP 之前，请求会失败或等待；名单禁止的不再拨号。',
      family: (value: string) => `${value} 会拉黑全部 ${value.includes(':') ? 'IPv6' : 'IPv4'} 地址。`,
      apply: ({ closesConnections }: AccessPreview) =>
        closesConnections === 0 ? '应用' : `应用并关闭 ${count(closesConnections)} 条连接`,
      cancel: '取消',
    },
  },
  diff: {
    title: '名单的变更',
    close: '关闭',
    added: (list: AccessListName) => `放入${listWords[list]}`,
    removed: (list: AccessListName) => `移出${listWords[list]}`,
    changed: (list: AccessListName) => `在${listWords[list]}中修改`,
    until: (time: string) => `到 ${time}`,
    more: (hidden: number) => `以及另外 ${count(hidden)} 个`,
  },
  bulk: {
    title: (list: AccessListName) => `粘贴到${listWords[list]}`,
    text: 'IPv4、IPv6 或 CIDR，一行一个或多个，用逗号或空格分隔。# 之后为备注。也可以把文本、CSV、JSON 或 TOML 文件拖到这里。此时还不会生效。',
    field: '条目',
    placeholder: '192.0.2.7\n2001:db8::/48, 198.51.100.0/24  # 合作方',
    reading: '正在读取…',
    onLine: (line: number) => `第 ${count(line)} 行：`,
    good: (entries: number) => `${count(entries)} 个条目`,
    bad: (lines: number) => `${count(lines)} 行有错误`,
    repeated: (entries: number) => `${count(entries)} 个重复`,
    repeat: (value: string, line: number, firstLine: number) =>
      line === firstLine ? `${value} 重复出现。` : `第 ${count(line)} 行的 ${value} 已写在第 ${count(firstLine)} 行。`,
    there: (entries: number) => `${count(entries)} 个已在名单中`,
    changed: (entries: number) => `${count(entries)} 个的备注或到期与现在不同`,
    opposed: (entries: number) => `${count(entries)} 个也在另一名单中`,
    add: (entries: number) => (entries === 0 ? '添加' : `添加 ${count(entries)} 个条目`),
    cancel: '取消',
    close: '关闭',
    readAgain: '重新读取',
    taken: (entries: number) => `已读取 ${count(entries)} 个条目；留在这里的还无法读取。`,
    unlisted: (faults: number) => `另有 ${count(faults)} 处错误未显示，已略去`,
    notRead: '无法读取这段文本',
    left: (issues: number) => `无法读取的 ${count(issues)} 行留在粘贴窗口`,
  },
  fileIssues: (file: string, lines: number) => `${file} 中有 ${count(lines)} 行无法读取。`,
  fileGone: (file: string) => `${file} 已被删除。`,
  fileGoneText: '生效中的名单不变，仍在内存中，下次修改时会重新写入。若在此之前重启，将不带这些名单启动。',
  fileIssuesText: '正确的条目照常生效，文件保持原样，修好之前不接受修改。',
  file: (file: string) => `保存在 ${file}`,
};
