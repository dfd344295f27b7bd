/** What is wrong with a configuration, what it warns of, and what may stand there instead. */
import type { PhraseWords } from './phrase.ts';

export const configPhrases = {
  'config.fault': { en: '{what}; allowed: {allowed}', zh: '{what}；可填：{allowed}' },
  'config.placed': { en: '{place}: {what}', zh: '{place}：{what}' },
  'config.faults': { en: 'the configuration has {faults} faults:\n{lines}', zh: '配置有 {faults} 处错误：\n{lines}' },
  'config.together': { en: '{one}; {more}', zh: '{one}；{more}' },
  'config.lines': { en: '{line}\n{more}', zh: '{line}\n{more}' },
  'config.unreadable': { en: 'the file cannot be read: {message}', zh: '无法读取文件：“{message}”' },
  'config.not-toml': { en: '{file} is not valid TOML: {toml}', zh: '{file} 不是有效的 TOML：{toml}' },
  'config.value': { en: '{path} = {value} {wrong}', zh: '{path} = {value} {wrong}' },
  'config.element': { en: '{path}: {wrong}', zh: '{path}：{wrong}' },
  'config.did-you-mean': { en: ' (did you mean "{name}"?)', zh: '（是否想写“{name}”？）' },
  'config.belongs-to': { en: ' (it belongs to [{section}])', zh: '（它属于 [{section}]）' },
  'config.not-section': { en: '{section} = {value} is not a section', zh: '{section} = {value} 不是一个节' },
  'config.outside-section': { en: '{name} stands outside of a section', zh: '{name} 写在了节之外' },
  'config.unknown-section': { en: '{section} is not a section{near}', zh: '没有 {section} 这个节{near}' },
  'config.unknown-key': { en: '{path} is not a key{near}', zh: '没有 {path} 这个键{near}' },
  'config.above-other': {
    en: '{lower} = {low} is more than {upper} = {high}{unset}',
    zh: '{lower} = {low} 大于 {upper} = {high}{unset}',
  },
  'config.unset': { en: ' (which is not set)', zh: '（未设置）' },
  'config.status-twice': {
    en: '{path} = {value} has {status}, which is in {other} as well',
    zh: '{path} = {value} 含有 {status}，而 {other} 中也有它',
  },
  'config.outside-recommended': {
    en: '{path} = {value} is outside the recommended {least} to {most}{unit}',
    zh: '{path} = {value} 超出建议范围 {least} 至 {most}{unit}',
  },
  'config.floors-above-idle': {
    en: '{path} = {floor} for each of {hosts} hosts is {needed} in all, more than {upper} = {high}: the floors are kept in part',
    zh: '{path} = {floor}，{hosts} 个主机共需 {needed} 条，超过 {upper} = {high}：只能保住一部分',
  },
  'config.floor-above-host': {
    en: '{path} = {floor} is more than {upper} = {high} lets one host have: the floor is kept in part',
    zh: '{path} = {floor} 超过单个主机的上限 {upper} = {high}：只能保住一部分',
  },
  'config.on-both-lists': {
    en: 'whitelist.ips and blacklist.ips both have {ip}: the black list goes first',
    zh: 'whitelist.ips 与 blacklist.ips 都有 {ip}：以黑名单为先',
  },
  'config.no-targets': {
    en: '{file} has no [[targets]]: nothing is watched',
    zh: '{file} 中没有 [[targets]]：没有监控任何主机',
  },
  'config.only-in-file': { en: '{path} is changed in the file alone', zh: '{path} 只能在文件中修改' },
  'config.not-in-place': {
    en: '{path} cannot be changed in place here: change it in the text',
    zh: '{path} 在此处无法就地修改：请在文本中修改',
  },
  'config.table-in-value': {
    en: '{name} is written as one value: change it in the text, or write a [[{name}]] section each',
    zh: '{name} 写成了一个值：请在文本中修改，或逐个改写为 [[{name}]]',
  },
  'config.hosts-of-no-file': {
    en: 'the hosts are not those of a file: write a configuration of your own to watch others',
    zh: '这些主机不是来自文件：要监控其他主机，请写自己的配置',
  },
  'config.not-watched': { en: '{host} is not watched', zh: '没有监控 {host}' },

  'targets.not-list': { en: 'targets is not a list of tables', zh: 'targets 不是表的列表' },
  'targets.not-table': {
    en: '[[targets]] number {number}: {path} = {value} is not a table',
    zh: '第 {number} 个 [[targets]]：{path} = {value} 不是表',
  },
  'targets.twice': {
    en: '[[targets]] number {number}: {path} is {host} again: it is [[targets]] number {before} already',
    zh: '第 {number} 个 [[targets]]：{path} 又是 {host}：第 {before} 个 [[targets]] 已是它',
  },
  'targets.key': {
    en: '[[targets]] number {number}: {path} {wrong}',
    zh: '第 {number} 个 [[targets]]：{path} {wrong}',
  },
  'targets.element': {
    en: '[[targets]] number {number}: {path}: {wrong}',
    zh: '第 {number} 个 [[targets]]：{path}：{wrong}',
  },
  'target.value': { en: '= {value} {wrong}', zh: '= {value} {wrong}' },
  'target.text': { en: '= {wrong}', zh: '= {wrong}' },
  'target.file': { en: '= {value}: {wrong}', zh: '= {value}：{wrong}' },
  'target.unknown-key': { en: 'is not a key{near}', zh: '不是可用的键{near}' },
  'target.not-path': { en: 'is not a path', zh: '不是路径' },
  'target.not-connections': { en: 'is not a number of connections', zh: '不是连接数' },
  'target.not-port': { en: 'is not a port', zh: '不是端口' },
  'target.other-port': { en: 'is not the port of host = {host}', zh: '与 host = {host} 的端口不同' },
  'target.host-missing': { en: 'is missing', zh: '缺失' },
  'target.host-not-text': { en: 'is not a text', zh: '不是文本' },
  'target.not-ips': { en: 'is not a list of IPs', zh: '不是 IP 列表' },
  'target.not-choice': { en: 'is no way to choose', zh: '不是可用的选择方式' },
  'target.not-profiles': { en: 'is not a list of TLS profiles', zh: '不是 TLS 配置的列表' },
  'target.not-profile': {
    en: 'has {name}, which is not a TLS profile{near}',
    zh: '含有 {name}，它不是 TLS 配置{near}',
  },
  'target.lacks': { en: 'has no {key} beside it', zh: '缺少与之配套的 {key}' },
  'target.no-file': { en: 'there is no {path}', zh: '没有 {path} 这个文件' },
  'target.file-unreadable': { en: '{path} cannot be read ({code})', zh: '无法读取 {path}（{code}）' },

  'pem.no-certificate': { en: 'has no certificate in PEM form', zh: '其中没有 PEM 格式的证书' },
  'pem.bad-certificate': {
    en: 'has a certificate that cannot be read: number {number} of {count}',
    zh: '其中有无法读取的证书：共 {count} 份，第 {number} 份',
  },
  'pem.weak': {
    en: 'has a certificate that the TLS library refuses: its key or its signature is too weak',
    zh: '其中的证书被 TLS 库拒绝：密钥或签名强度不足',
  },
  'pem.encrypted': { en: 'is encrypted, and no passphrase is given', zh: '已加密，但没有给出口令' },
  'pem.wrong-passphrase': {
    en: 'cannot be opened with the passphrase that is given',
    zh: '无法用给出的口令打开',
  },
  'pem.no-key': { en: 'has no private key in PEM form', zh: '其中没有 PEM 格式的私钥' },
  'pem.other-key': {
    en: 'has a key that is not that of the client certificate',
    zh: '其中的私钥与客户端证书不匹配',
  },

  'allowed.section-line': { en: '[{section}] on a line of its own', zh: '单独一行的 [{section}]' },
  'allowed.under-section': { en: '{name} under [{section}]', zh: '把 {name} 写在 [{section}] 之下' },
  'allowed.at-most': { en: 'at most {high}, or raise {upper}', zh: '最多 {high}，或调高 {upper}' },
  'allowed.one-list': { en: 'each status in one list', zh: '每个状态码只在一个列表中' },
  'allowed.own-entries': {
    en: 'entries of your own in the access lists, which go before these',
    zh: '在访问名单中写自己的条目，它们优先于这里的条目',
  },
  'allowed.targets-each': { en: 'one [[targets]] section for each host', zh: '每台主机一个 [[targets]]' },
  'allowed.target-table': { en: 'a [[targets]] section with a host', zh: '带有 host 的 [[targets]]' },
  'allowed.host-once': { en: 'each host and port once', zh: '每台主机的每个端口只写一次' },
  'allowed.path': {
    en: 'a text that begins with a slash, without spaces or #',
    zh: '以斜杠开头的文本，不含空格与 #',
  },
  'allowed.connections': { en: 'a whole number from 0 to {most}, or "all"', zh: '0 至 {most} 的整数，或 "all"' },
  'allowed.port': { en: 'a whole number from 1 to 65,535', zh: '1 至 65,535 的整数' },
  'allowed.one-port': { en: 'one port, in either place', zh: '只在其中一处写端口' },
  'allowed.host': { en: 'host, host:port or [IPv6]:port', zh: 'host、host:port 或 [IPv6]:port' },
  'allowed.ips': { en: 'at least one IP, or no ips at all', zh: '至少一个 IP，或不写 ips' },
  'allowed.single-ips': { en: 'single IPv4 or IPv6 addresses in quotes', zh: '带引号的单个 IPv4 或 IPv6 地址' },
  'allowed.profiles': { en: 'a list of at least one of {names}', zh: '列表，至少含其中一个：{names}' },
  'allowed.as-well': { en: '{key} as well', zh: '同时写 {key}' },
  'allowed.file': {
    en: 'a file, relative to the folder of this configuration',
    zh: '文件，相对于本配置所在目录',
  },
  'allowed.readable-file': {
    en: 'a file that can be read, relative to the folder of this configuration',
    zh: '可读取的文件，相对于本配置所在目录',
  },
} as const satisfies Readonly<Record<string, PhraseWords>>;
