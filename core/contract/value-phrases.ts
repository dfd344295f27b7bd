/** What is wrong with a value that somebody wrote, and what may be written: addresses, hosts, URLs, the kinds of configuration keys. */
import type { PhraseWords } from './phrase.ts';

export const valuePhrases = {
  'ip.host-bits': {
    en: '{text} has bits after /{length}: write {network} for the whole network, or {address} for the one address',
    zh: '{text} 在 /{length} 之后还有主机位：整个网段写 {network}，单个地址写 {address}',
  },
  'ip.is-range': { en: '{text} is a range: write one address', zh: '{text} 是网段：请写单个地址' },
  'ip.no-address': { en: '"{text}" has no address', zh: '“{text}”中没有地址' },
  'ip.zone': {
    en: '{text} has a zone id: write it without "%" and what follows',
    zh: '{text} 带有区域标识：请去掉“%”及其后的内容',
  },
  'ip.url': { en: '{text} is a URL: write the IP alone', zh: '{text} 是网址：请只写 IP' },
  'ip.not-ipv6': { en: '{text} is not an IPv6 address', zh: '{text} 不是 IPv6 地址' },
  'ip.not-ip-or-range': { en: '"{text}" is not an IP address or CIDR', zh: '“{text}”不是 IP 地址或 CIDR' },
  'ip.not-ip': { en: '"{text}" is not an IPv4 or IPv6 address', zh: '“{text}”不是 IPv4 或 IPv6 地址' },
  'ip.leading-zero': {
    en: '{part} in {text} begins with a zero: some programs read that as octal',
    zh: '{text} 中的 {part} 以零开头：有些程序会按八进制读取',
  },
  'ip.not-ipv4': {
    en: '{text} is not an IPv4 address: it needs four numbers from 0 to 255',
    zh: '{text} 不是 IPv4 地址：应为四个 0 至 255 的数',
  },
  'ip.large-part': { en: '{part} is not 0 to 255', zh: '{part} 不在 0 至 255 之内' },
  'ip.port': {
    en: '{text} has a port: leave it out and write {address}',
    zh: '{text} 带有端口：请去掉，写作 {address}',
  },
  'ip.prefix-length': {
    en: '/{length} in {text} is not /0 to /{most}',
    zh: '{text} 中的 /{length} 不在 /0 至 /{most} 之内',
  },

  'host.not-host': {
    en: '"{text}" is not a host: write host or host:port, without scheme, path or spaces',
    zh: '“{text}”不是主机：请写 host 或 host:port，不带协议、路径和空格',
  },
  'host.not-host-or-port': {
    en: '"{text}" is not a host: write host or host:port, port 1 to 65535',
    zh: '“{text}”不是主机：请写 host 或 host:port，端口为 1 至 65535',
  },
  'host.port-zero': {
    en: '"{text}" has port 0: write a port from 1 to 65535',
    zh: '“{text}”的端口为 0：端口应为 1 至 65535',
  },
  'host.empty-part': {
    en: '"{text}" is not a host: a part of its name is empty, take the dot away',
    zh: '“{text}”不是主机：名称中有空的一段，请去掉多余的点',
  },

  'url.no-url': { en: '“{text}” is no URL: write https://host/path', zh: '“{text}”不是 URL：请写 https://host/path' },
  'url.no-https': {
    en: '“{text}” is not https: the pool holds TLS connections only',
    zh: '“{text}”不是 https：连接池只保有 TLS 连接',
  },
  'url.with-password': {
    en: 'a URL with a name or a password in it is not asked for: leave them out',
    zh: '不请求带有用户名或密码的 URL：请把它们去掉',
  },

  'value.not-choice': { en: 'is not one of the choices', zh: '不是可选项之一' },
  'value.not-text': { en: 'is not a text in quotes', zh: '不是带引号的文本' },
  'value.not-quoted': { en: 'is not in quotes', zh: '没有加引号' },
  'value.not-list': { en: 'is not a list', zh: '不是列表' },
  'value.not-boolean': { en: 'is neither true nor false', zh: '既不是 true 也不是 false' },
  'value.not-url': { en: 'is no http or https URL', zh: '不是 http 或 https URL' },
  'value.not-absolute': { en: 'does not begin at the root of the disk', zh: '不是绝对路径' },
  'value.not-number': { en: 'is not {what}', zh: '不是{what}' },
  'value.out-of-range': { en: 'is out of range', zh: '超出范围' },
  'value.not-status': { en: 'is neither a status nor a list of statuses', zh: '既不是状态码也不是状态码列表' },
  'value.part-not-status': { en: 'has {part}, which is no HTTP status', zh: '含有 {part}，它不是 HTTP 状态码' },
  'value.part-not-statuses': {
    en: 'has "{part}", which is no range of HTTP statuses',
    zh: '含有“{part}”，它不是 HTTP 状态码范围',
  },
  'value.part-not-quoted': { en: 'has {part}, which is not in quotes', zh: '含有 {part}，它没有加引号' },
  'value.part-not-server': {
    en: 'has {part}, which is no IP of a name server',
    zh: '含有 {part}，它不是 DNS 服务器的 IP',
  },
  'value.item-not-quoted': { en: '{part} is not in quotes', zh: '{part} 没有加引号' },

  'number.whole': { en: 'a whole number', zh: '整数' },
  'number.seconds': { en: 'a number of seconds', zh: '秒数' },
  'number.any': { en: 'a number', zh: '数' },

  'allowed.number': { en: '{what} from {least} to {most}', zh: '{least} 至 {most} 的{what}' },
  'allowed.status-ranges': {
    en: 'a status or range from 100 to 599, like "200-399", or a list of them',
    zh: '一个状态码或范围，100 至 599，如 "200-399"，或它们的列表',
  },
  'allowed.statuses': {
    en: 'a list of HTTP statuses from 100 to 599, like [{usual}]',
    zh: 'HTTP 状态码的列表，100 至 599，如 [{usual}]',
  },
  'allowed.addresses': {
    en: 'a list of IPv4, IPv6 or CIDR in quotes, like ["192.0.2.1", "2001:db8::/32"]',
    zh: '带引号的 IPv4、IPv6 或 CIDR 的列表，如 ["192.0.2.1", "2001:db8::/32"]',
  },
  'allowed.listen-address': {
    en: 'one IPv4 or IPv6 address in quotes, like "127.0.0.1"',
    zh: '带引号的一个 IPv4 或 IPv6 地址，如 "127.0.0.1"',
  },
  'allowed.boolean': { en: 'true or false', zh: 'true 或 false' },
  'allowed.url': { en: 'an http or https URL in quotes, or ""', zh: '带引号的 http 或 https URL，或 ""' },
  'allowed.absolute-path': { en: 'an absolute path in quotes, or ""', zh: '带引号的绝对路径，或 ""' },
  'allowed.name-servers': {
    en: 'a list of IPs in quotes, each with a port where it is not 53, like ["192.0.2.53", "[2001:db8::53]:5353"]',
    zh: '带引号的 IP 的列表，端口不是 53 时写明，如 ["192.0.2.53", "[2001:db8::53]:5353"]',
  },
} as const satisfies Readonly<Record<string, PhraseWords>>;
